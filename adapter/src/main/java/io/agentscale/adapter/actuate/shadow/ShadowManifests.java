// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import io.agentscale.adapter.policy.PolicyDefinition;

/** The manifests of a shadow run: a shadow of a policy's target, and an autoscaler aimed at it. */
public final class ShadowManifests {
  private ShadowManifests() {}

  /** Returns both in YAML, ready to be applied. */
  public static String of(PolicyDefinition policy) {
    var baseline = policy.settings().schedules().baseline();
    int min = Math.max(1, baseline.minReplicas());
    return """
    # What a HorizontalPodAutoscaler would do with %3$s, without doing it:
    #   kubectl get scalingshadow,hpa -n %1$s -w
    apiVersion: agentscale.io/v1alpha1
    kind: ScalingShadow
    metadata: {name: %2$s-shadow, namespace: %1$s}
    spec:
      # Its pods' selector is taken over.
      targetRef: {apiVersion: %4$s, kind: %5$s, name: %6$s}
      replicas: %7$d
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: %2$s-shadow, namespace: %1$s}
    spec:
      scaleTargetRef: {apiVersion: agentscale.io/v1alpha1, kind: ScalingShadow, name: %2$s-shadow}
      minReplicas: %7$d
      maxReplicas: %8$d
      metrics:
      - type: External
        external:
          metric:
            name: agentscale_demand
            selector: {matchLabels: {policy: %2$s, shadow: "true"}}
          target: {type: AverageValue, averageValue: "%9$s"}
    """
        .formatted(
            policy.key().namespace(),
            policy.key().name(),
            policy.target(),
            policy.target().apiVersion(),
            policy.target().kind(),
            policy.target().name(),
            min,
            Math.max(min, baseline.maxReplicas()),
            policy.settings().perReplica());
  }
}
