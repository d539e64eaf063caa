// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.policy.LiveDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a demand that stopped rising because its gauge is full: for ten minutes and twenty readings
 * it stood at the very same value, that value is the highest of all, lower ones came before, and it
 * is about what the ready replicas carry. A real load rarely does that; a gauge that ends at slots
 * times pods always does.
 */
final class CappedDemand {
  static final Duration FLAT = Duration.ofMinutes(10);
  static final int FLAT_READINGS = 20;

  /** How nearly full the replicas must be. */
  private static final double FULL = 0.9;

  private record Reading(Instant at, double demand, double carried) {}

  private CappedDemand() {}

  static Optional<Finding> find(PolicyDefinition policy, List<DecisionRecord> history) {
    List<Reading> readings = readings(policy, history);
    if (readings.size() <= FLAT_READINGS) {
      return Optional.empty();
    }
    Reading last = readings.getLast();
    int first = firstOfFlat(readings);
    Duration flat = Duration.between(readings.get(first).at, last.at);
    boolean rose = first > 0;
    boolean lasts = readings.size() - first >= FLAT_READINGS && flat.compareTo(FLAT) >= 0;
    return rose && lasts && isHighest(last, readings) && isFull(last)
        ? Optional.of(finding(policy, last, flat))
        : Optional.empty();
  }

  /** Returns from which reading on they are all as the last one. */
  private static int firstOfFlat(List<Reading> readings) {
    int first = readings.size() - 1;
    while (first > 0 && readings.get(first - 1).demand == readings.getLast().demand) {
      first--;
    }
    return first;
  }

  private static boolean isHighest(Reading last, List<Reading> readings) {
    return readings.stream().allMatch(reading -> reading.demand <= last.demand);
  }

  private static boolean isFull(Reading last) {
    return last.carried > 0 && last.demand >= FULL * last.carried;
  }

  /** A reading that several decisions used is one; after a gap the last one is held, not read. */
  private static List<Reading> readings(PolicyDefinition policy, List<DecisionRecord> history) {
    double perReplica = policy.settings().perReplica().doubleValue();
    List<Reading> readings = new ArrayList<>();
    for (DecisionRecord record : history) {
      Optional<LiveDemand.Known> known = record.decision().state().lastKnown();
      if (known.isPresent()
          && (readings.isEmpty() || known.get().at().isAfter(readings.getLast().at))) {
        readings.add(
            new Reading(
                known.get().at(),
                known.get().demand().doubleValue(),
                perReplica * record.readyReplicas()));
      }
    }
    return readings;
  }

  private static Finding finding(PolicyDefinition policy, Reading last, Duration flat) {
    return new Finding(
        Trap.CAPPED_DEMAND,
        WriterTraps.id(policy),
        "spec.demand",
        "demand (%s) has stood at exactly %s, its highest, for %d minutes with the replicas full: it"
                .formatted(policy.demand().describe(), last.demand, flat.toMinutes())
            + " may be a gauge that ends there",
        "count waiting work too, or set perReplica below the pod's number of slots");
  }
}
