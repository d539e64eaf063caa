// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.policy.Capacity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Explanation.Clamp;
import io.agentscale.core.policy.Explanation.DeadBand;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Traps that show in what a policy decided of late. */
public final class DecisionTraps {
  /** A wanted change that was not followed for this many decisions was not merely under way. */
  private static final int LASTING = 8;

  private static final Set<Limit> OF_POLICY = Set.of(Limit.CEILING, Limit.MAXIMUM, Limit.EXACT);

  private DecisionTraps() {}

  /**
   * Returns the traps a policy is in now.
   *
   * @param history its decisions, the oldest first
   */
  public static List<Finding> find(PolicyDefinition policy, List<DecisionRecord> history) {
    if (history.isEmpty()) {
      return List.of();
    }
    return Stream.of(
            ceiling(policy, history.getLast().decision().explanation()),
            deadBand(policy, history),
            CappedDemand.find(policy, history))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> ceiling(PolicyDefinition policy, Explanation explanation) {
    Optional<Integer> live =
        explanation.proposals().stream()
            .filter(proposal -> proposal.source() == Source.LIVE)
            .flatMap(proposal -> proposal.ask().stream())
            .map(Capacity::replicas)
            .findFirst();
    return explanation.clamps().stream()
        .filter(clamp -> OF_POLICY.contains(clamp.limit()))
        .filter(clamp -> live.filter(replicas -> replicas > clamp.after()).isPresent())
        .reduce((_, last) -> last)
        .map(clamp -> ceiling(policy, clamp, live.orElseThrow()));
  }

  private static Finding ceiling(PolicyDefinition policy, Clamp clamp, int live) {
    return new Finding(
        Trap.CEILING_BELOW_LOAD,
        WriterTraps.id(policy),
        clamp.limit() == Limit.MAXIMUM ? "spec.maxReplicas" : "spec.schedules",
        "the live load alone needs %d replicas, and %d are allowed (%s)"
            .formatted(live, clamp.after(), clamp.because()),
        "raise the limit, or expect work to wait");
  }

  private static Optional<Finding> deadBand(PolicyDefinition policy, List<DecisionRecord> history) {
    if (history.size() < LASTING || !(policy.actuation() instanceof Actuation.Metric)) {
      return Optional.empty();
    }
    List<DeadBand> recent =
        history.subList(history.size() - LASTING, history.size()).stream()
            .flatMap(record -> record.decision().explanation().deadBand().stream())
            .toList();
    boolean lasts =
        recent.size() == LASTING
            && recent.stream().allMatch(band -> band.wanted() > band.present());
    return lasts
        ? Optional.of(
            new Finding(
                Trap.DEAD_BAND,
                WriterTraps.id(policy),
                "spec.actuation",
                recent.getLast().toString(),
                "set actuation: ExactFloor, or the autoscaler's behavior.scaleUp.tolerance on"
                    + " Kubernetes 1.35 and later"))
        : Optional.empty();
  }
}
