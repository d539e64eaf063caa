// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.ObjectId;
import io.agentscale.adapter.workload.Surroundings;
import java.util.List;
import java.util.stream.Stream;

/** Several that write the same count, and one that does not. */
final class WriterTraps {
  private WriterTraps() {}

  static Stream<Finding> find(Surroundings around) {
    return Stream.of(
            twoAutoscalers(around), twoPolicies(around), secondWriter(around), paused(around))
        .flatMap(found -> found);
  }

  static ObjectId id(PolicyDefinition policy) {
    return new ObjectId("ScalingPolicy", policy.key().namespace(), policy.key().name());
  }

  private static Stream<Finding> twoAutoscalers(Surroundings around) {
    List<Autoscaler> all = around.autoscalers();
    return all.stream()
        .skip(1)
        .map(
            second ->
                new Finding(
                    Trap.TWO_AUTOSCALERS,
                    second.id(),
                    "spec.scaleTargetRef",
                    "scales %s, as %s does: each overwrites the other's count"
                        .formatted(around.target(), all.getFirst().id()),
                    "keep one of them; it can follow several metrics"));
  }

  private static Stream<Finding> twoPolicies(Surroundings around) {
    List<PolicyDefinition> all = around.policies();
    return all.stream()
        .skip(1)
        .map(
            second ->
                new Finding(
                    Trap.TWO_POLICIES,
                    id(second),
                    "spec.scaleTargetRef",
                    "scales %s, as %s does".formatted(around.target(), id(all.getFirst())),
                    "keep one of them; one policy can have several schedules"));
  }

  private static Stream<Finding> secondWriter(Surroundings around) {
    return around.policies().stream()
        .filter(policy -> policy.actuation() instanceof Actuation.OwnScale)
        .filter(policy -> policy.mode() == PolicyDefinition.Mode.ENFORCE)
        .flatMap(
            policy ->
                around.autoscalers().stream()
                    .map(
                        autoscaler ->
                            new Finding(
                                Trap.SECOND_WRITER,
                                id(policy),
                                "spec.actuation",
                                "writes the replicas of %s itself, and %s does too"
                                    .formatted(around.target(), autoscaler.id()),
                                "delete that autoscaler, or let the policy's actuation be"
                                    + " Metric")));
  }

  private static Stream<Finding> paused(Surroundings around) {
    return around.autoscalers().stream()
        .filter(autoscaler -> !autoscaler.isHpa() && !autoscaler.pauses().isEmpty())
        .map(
            autoscaler ->
                new Finding(
                    Trap.PAUSED,
                    autoscaler.id(),
                    "metadata.annotations",
                    "is paused (%s): KEDA does not scale, and a full pause has deleted its"
                            .formatted(String.join(", ", autoscaler.pauses()))
                        + " HorizontalPodAutoscaler",
                    "remove the annotation when the pause is over"));
  }

  static Stream<Finding> replicasInManifest(Surroundings around) {
    if (around.autoscalers().isEmpty()) {
      return Stream.empty();
    }
    return around.workload().stream()
        .filter(workload -> workload.replicas().orElse(0) > 0)
        .map(
            workload ->
                new Finding(
                    Trap.REPLICAS_IN_MANIFEST,
                    workload.id(),
                    "spec.replicas",
                    "sets replicas: %d, which every apply puts back over the count of %s"
                        .formatted(
                            workload.replicas().orElseThrow(),
                            around.autoscalers().getFirst().id()),
                    "leave replicas out of the manifest (with kubectl apply, first give up the"
                        + " field's ownership), or have Argo CD or Flux ignore it"));
  }
}
