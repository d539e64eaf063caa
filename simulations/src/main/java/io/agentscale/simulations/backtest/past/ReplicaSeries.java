// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.preset.SeriesMatcher;
import java.util.List;
import java.util.Optional;

/**
 * The PromQL of the replicas a target had, as kube-state-metrics (or Argo Rollouts) tell them.
 *
 * @param ready those that could serve
 * @param asked those asked for
 */
record ReplicaSeries(String ready, String asked) {

  /** Returns the series of a target; empty for a kind whose series are not known. */
  static Optional<ReplicaSeries> of(PolicyKey policy, TargetRef target, String namespaceLabel) {
    SeriesMatcher namespace = SeriesMatcher.equal(namespaceLabel, policy.namespace());
    return switch (target.kind()) {
      case "Deployment" ->
          Optional.of(
              named(
                  "kube_deployment_status_replicas_ready",
                  "kube_deployment_spec_replicas",
                  matchers(namespace, SeriesMatcher.equal("deployment", target.name()))));
      case "StatefulSet" ->
          Optional.of(
              named(
                  "kube_statefulset_status_replicas_ready",
                  "kube_statefulset_replicas",
                  matchers(namespace, SeriesMatcher.equal("statefulset", target.name()))));
      case "ReplicaSet" ->
          Optional.of(
              named(
                  "kube_replicaset_status_ready_replicas",
                  "kube_replicaset_spec_replicas",
                  matchers(namespace, SeriesMatcher.equal("replicaset", target.name()))));
      case "Rollout" ->
          Optional.of(
              named(
                  "rollout_info_replicas_available",
                  "rollout_info_replicas_desired",
                  matchers(namespace, SeriesMatcher.equal("name", target.name()))));
      default -> Optional.empty();
    };
  }

  /** Returns the PromQL of a bound of a target's autoscaler, {@code min} or {@code max}. */
  static String ofAutoscaler(
      String bound, PolicyKey policy, TargetRef target, String namespaceLabel) {
    SeriesMatcher namespace = SeriesMatcher.equal(namespaceLabel, policy.namespace());
    String ofTarget =
        matchers(
            namespace,
            SeriesMatcher.equal("scaletargetref_kind", target.kind()),
            SeriesMatcher.equal("scaletargetref_name", target.name()));
    String name = "(" + namespaceLabel + ", horizontalpodautoscaler)";
    return "max(kube_horizontalpodautoscaler_spec_%s_replicas%s and on %s %s%s)"
        .formatted(bound, matchers(namespace), name, "kube_horizontalpodautoscaler_info", ofTarget);
  }

  // Two kube-state-metrics, or one that moved, tell the same twice: the most of them, not the sum.
  private static ReplicaSeries named(String ready, String asked, String matchers) {
    return new ReplicaSeries("max(" + ready + matchers + ")", "max(" + asked + matchers + ")");
  }

  private static String matchers(SeriesMatcher... all) {
    return matchers(List.of(all));
  }

  /** Returns what stands behind the name of a series. */
  static String matchers(List<SeriesMatcher> all) {
    return all.stream().map(SeriesMatcher::promql).collect(joining(",", "{", "}"));
  }
}
