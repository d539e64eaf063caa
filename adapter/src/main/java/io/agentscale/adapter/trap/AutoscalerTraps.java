// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.Autoscaler.Condition;
import io.agentscale.adapter.workload.Autoscaler.Metric;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.workload.VerticalAutoscaler;
import io.agentscale.adapter.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps an autoscaler itself from doing its work. */
final class AutoscalerTraps {
  /** Long enough to be no peak. */
  private static final Duration LONG_AT_MAXIMUM = Duration.ofMinutes(15);

  private AutoscalerTraps() {}

  static Stream<Finding> find(Surroundings around) {
    return around.autoscalers().stream()
        .flatMap(
            autoscaler ->
                Stream.of(
                        switchedOff(autoscaler, around),
                        noScaleUp(autoscaler),
                        fails(autoscaler),
                        atMaximum(autoscaler, around),
                        noRequest(autoscaler, around),
                        vertical(autoscaler, around))
                    .flatMap(found -> found));
  }

  private static Stream<Finding> switchedOff(Autoscaler autoscaler, Surroundings around) {
    // Where a policy or KEDA brings the first replica, none is a state to be in.
    boolean meant =
        !autoscaler.isHpa()
            || autoscaler.min() == 0
            || around.policies().stream().anyMatch(policy -> policy.activation().isPresent());
    boolean none = around.workload().stream().anyMatch(w -> w.replicas().orElse(1) == 0);
    return meant || !none
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.SWITCHED_OFF,
                around.id(),
                "spec.replicas",
                "has replicas: 0, which switches %s off (ScalingDisabled) although its minReplicas"
                        .formatted(autoscaler.id())
                    + " is "
                    + autoscaler.min(),
                "scale it to 1, or give a ScalingPolicy minReplicas: 0 so that it comes back by"
                    + " itself"));
  }

  private static Stream<Finding> noScaleUp(Autoscaler autoscaler) {
    return autoscaler.isHpa() && !autoscaler.pauses().isEmpty()
        ? Stream.of(
            new Finding(
                Trap.NO_SCALE_UP,
                autoscaler.id(),
                "spec.behavior.scaleUp.selectPolicy",
                "may not add replicas: " + String.join(", ", autoscaler.pauses()),
                "remove the field; to slow scaling up, give it policies"))
        : Stream.empty();
  }

  private static Stream<Finding> fails(Autoscaler autoscaler) {
    return Stream.of("AbleToScale", "ScalingActive")
        .flatMap(type -> autoscaler.condition(type).stream())
        .filter(condition -> condition.status().equals("False"))
        .filter(condition -> !condition.reason().equals("ScalingDisabled"))
        .map(
            condition ->
                new Finding(
                    Trap.AUTOSCALER_FAILS,
                    autoscaler.id(),
                    "status.conditions",
                    "cannot scale (%s %s): %s"
                        .formatted(condition.type(), condition.reason(), condition.message()),
                    "see `kubectl describe` of it; `agentscale get` asks for a metric as it does"));
  }

  private static Stream<Finding> atMaximum(Autoscaler autoscaler, Surroundings around) {
    Optional<Duration> held =
        autoscaler
            .condition("ScalingLimited")
            .filter(condition -> condition.status().equals("True"))
            .filter(condition -> condition.reason().equals("TooManyReplicas"))
            .flatMap(Condition::since)
            .map(since -> Duration.between(since, around.now()));
    return held.filter(time -> time.compareTo(LONG_AT_MAXIMUM) >= 0).stream()
        .map(
            time ->
                new Finding(
                    Trap.AT_MAXIMUM,
                    autoscaler.id(),
                    "spec.maxReplicas",
                    "has wanted more than its maximum of %d replicas for %d minutes"
                        .formatted(autoscaler.max(), time.toMinutes()),
                    "raise the maximum if the cluster and the provider's quota have room"));
  }

  private static Stream<Finding> noRequest(Autoscaler autoscaler, Surroundings around) {
    return around.workload().stream()
        .flatMap(
            workload ->
                autoscaler.metrics().stream()
                    .filter(Metric::isUtilization)
                    .flatMap(metric -> noRequest(autoscaler, metric, workload)));
  }

  private static Stream<Finding> noRequest(
      Autoscaler autoscaler, Metric metric, Workload workload) {
    List<String> without =
        workload.containers().stream()
            .filter(container -> !container.requests().contains(metric.name()))
            .map(Workload.Container::name)
            .toList();
    return without.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.NO_REQUEST,
                workload.id(),
                "spec.template.spec.containers",
                "%s measures %s as a share of the request, and %s requests none"
                    .formatted(
                        autoscaler.id(),
                        metric.name(),
                        without.size() == 1
                            ? "container " + without.getFirst()
                            : "each of the containers " + String.join(", ", without)),
                "set resources.requests.%s on every container, sidecars too"
                    .formatted(metric.name())));
  }

  private static Stream<Finding> vertical(Autoscaler autoscaler, Surroundings around) {
    return around.verticals().stream()
        .filter(VerticalAutoscaler::acts)
        .flatMap(
            vertical ->
                autoscaler.metrics().stream()
                    .filter(metric -> metric.type().endsWith("Resource"))
                    .filter(metric -> vertical.resources().contains(metric.name()))
                    .map(
                        metric ->
                            new Finding(
                                Trap.VERTICAL_SAME_RESOURCE,
                                vertical.id(),
                                "spec.updatePolicy.updateMode",
                                "changes the %s requests (updateMode %s) that %s measures by: each"
                                        .formatted(
                                            metric.name(), vertical.updateMode(), autoscaler.id())
                                    + " undoes the other",
                                "set updateMode: \"Off\", or leave %s out of controlledResources"
                                    .formatted(metric.name()))));
  }
}
