// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.Autoscaler.Metric;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Target;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A policy and an autoscaler that do not fit each other. */
final class PolicyTraps {
  private static final String METRIC = "agentscale_demand";
  private static final Set<String> KEDA_DOORS = Set.of("external", "external-push");

  private PolicyTraps() {}

  static Stream<Finding> find(Surroundings around) {
    return around.policies().stream()
        .filter(policy -> policy.mode() == PolicyDefinition.Mode.ENFORCE)
        .filter(policy -> !(policy.actuation() instanceof Actuation.OwnScale))
        .flatMap(
            policy -> Stream.concat(notFollowed(policy, around), withAutoscalers(policy, around)));
  }

  private static Stream<Finding> withAutoscalers(PolicyDefinition policy, Surroundings around) {
    return around.autoscalers().stream()
        .flatMap(
            autoscaler ->
                Stream.of(
                        otherTarget(policy, autoscaler),
                        maximum(policy, autoscaler),
                        minimum(policy, autoscaler),
                        deadBand(policy, autoscaler))
                    .flatMap(found -> found));
  }

  private static Stream<Finding> notFollowed(PolicyDefinition policy, Surroundings around) {
    boolean exact = policy.actuation() instanceof Actuation.ExactFloor;
    boolean followed =
        around.autoscalers().stream().anyMatch(autoscaler -> exact || follows(autoscaler, policy));
    if (followed) {
      return Stream.empty();
    }
    String problem =
        around.autoscalers().isEmpty()
            ? "no autoscaler scales " + around.target() + ", so that nothing acts on the policy"
            : "%s does not follow the metric %s of this policy"
                .formatted(around.autoscalers().getFirst().id(), METRIC);
    return Stream.of(
        new Finding(
            Trap.NOT_FOLLOWED,
            WriterTraps.id(policy),
            "spec.scaleTargetRef",
            problem,
            "`agentscale policy hpa` prints one that does"));
  }

  private static boolean follows(Autoscaler autoscaler, PolicyDefinition policy) {
    return autoscaler.metrics().stream()
        .anyMatch(metric -> KEDA_DOORS.contains(metric.type()) || isOf(metric, policy));
  }

  private static boolean isOf(Metric metric, PolicyDefinition policy) {
    return metric.name().equals(METRIC)
        && (metric.type().equals("Object")
            || policy.key().name().equals(metric.selector().get("policy")));
  }

  private static Stream<Finding> otherTarget(PolicyDefinition policy, Autoscaler autoscaler) {
    Quantity perReplica = policy.settings().perReplica();
    return autoscaler.metrics().stream()
        .filter(metric -> isOf(metric, policy))
        .filter(metric -> !isAverage(metric, perReplica))
        .map(
            metric ->
                new Finding(
                    Trap.OTHER_TARGET,
                    autoscaler.id(),
                    metric.field() + ".target",
                    "asks for %s %s of %s where %s counts %s per replica"
                        .formatted(
                            metric.targetType(),
                            metric.target().orElse("(none)"),
                            METRIC,
                            WriterTraps.id(policy),
                            perReplica),
                    "set type: AverageValue and averageValue: \"%s\"".formatted(perReplica)));
  }

  private static boolean isAverage(Metric metric, Quantity perReplica) {
    return metric.targetType().equals("AverageValue")
        && metric.target().map(Quantity::parse).filter(perReplica::equals).isPresent();
  }

  private static Stream<Finding> maximum(PolicyDefinition policy, Autoscaler autoscaler) {
    int wanted = policy.settings().schedules().baseline().maxReplicas();
    return autoscaler.max() >= wanted
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.MAXIMUM_TOO_LOW,
                autoscaler.id(),
                autoscaler.isHpa() ? "spec.maxReplicas" : "spec.maxReplicaCount",
                "stops at %d replicas where %s allows %d%s"
                    .formatted(
                        autoscaler.max(),
                        WriterTraps.id(policy),
                        wanted,
                        floorAbove(policy, autoscaler.max())),
                "raise it to %d, or lower the policy's maxReplicas".formatted(wanted)));
  }

  private static String floorAbove(PolicyDefinition policy, int max) {
    OptionalInt highest = floors(policy).filter(floor -> floor > max).max();
    return highest.isPresent() ? " and a schedule asks for at least " + highest.getAsInt() : "";
  }

  private static IntStream floors(PolicyDefinition policy) {
    return policy.settings().schedules().schedules().stream()
        .map(Schedule::target)
        .flatMapToInt(PolicyTraps::floor);
  }

  private static IntStream floor(Target target) {
    return switch (target) {
      case Target.Exact(int replicas) -> IntStream.of(replicas);
      case Target.Range(OptionalInt floor, OptionalInt _) -> floor.stream();
      case Target.Demand _ -> IntStream.empty();
    };
  }

  private static IntStream ceiling(Target target) {
    return switch (target) {
      case Target.Exact(int replicas) -> IntStream.of(replicas);
      case Target.Range(OptionalInt _, OptionalInt ceiling) -> ceiling.stream();
      case Target.Demand _ -> IntStream.empty();
    };
  }

  private static Stream<Finding> minimum(PolicyDefinition policy, Autoscaler autoscaler) {
    if (policy.actuation() instanceof Actuation.ExactFloor) {
      // It holds the minimum itself.
      return Stream.empty();
    }
    Baseline baseline = policy.settings().schedules().baseline();
    // A HorizontalPodAutoscaler cannot have less than one; the last replica is not its to take.
    int lowest =
        Math.max(
            autoscaler.isHpa() ? 1 : 0,
            Math.min(
                baseline.minReplicas(),
                policy.settings().schedules().schedules().stream()
                    .map(Schedule::target)
                    .flatMapToInt(PolicyTraps::ceiling)
                    .min()
                    .orElse(Integer.MAX_VALUE)));
    return autoscaler.min() <= lowest
        ? Stream.empty()
        : Stream.of(
            new Finding(
                Trap.MINIMUM_TOO_HIGH,
                autoscaler.id(),
                autoscaler.isHpa() ? "spec.minReplicas" : "spec.minReplicaCount",
                "keeps %d replicas where %s may go down to %d"
                    .formatted(autoscaler.min(), WriterTraps.id(policy), lowest),
                "lower it to %d, or raise the policy's minReplicas".formatted(lowest)));
  }

  private static Stream<Finding> deadBand(PolicyDefinition policy, Autoscaler autoscaler) {
    if (policy.actuation() instanceof Actuation.ExactFloor) {
      return Stream.empty();
    }
    double tolerance = autoscaler.tolerance().orElse(policy.settings().tolerance());
    int before = policy.settings().schedules().baseline().minReplicas();
    List<Schedule> schedules = policy.settings().schedules().schedules();
    return IntStream.range(0, schedules.size())
        .boxed()
        .flatMap(
            i ->
                floor(schedules.get(i).target())
                    .filter(floor -> before > 0 && floor > before)
                    .filter(floor -> floor <= before * (1 + tolerance))
                    .mapToObj(floor -> deadBand(policy, i, before, floor, tolerance)));
  }

  private static Finding deadBand(
      PolicyDefinition policy, int schedule, int before, int floor, double tolerance) {
    return new Finding(
        Trap.DEAD_BAND,
        WriterTraps.id(policy),
        "spec.schedules[" + schedule + "].replicas",
        "a rise from %d to %d replicas is within the autoscaler's tolerance of %s: it may stay at %d"
            .formatted(before, floor, tolerance, before),
        "set actuation: ExactFloor, or behavior.scaleUp.tolerance on Kubernetes 1.35 and later");
  }
}
