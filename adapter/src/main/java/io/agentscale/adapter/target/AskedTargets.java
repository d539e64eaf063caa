// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The workloads that are asked about, by which policies, and what is remembered of each. */
final class AskedTargets {
  /** A policy that has not asked for so long has let go of its target. */
  private static final Duration PRESENT = Duration.ofMinutes(2);

  /** Long enough for a policy that is deleted and made again. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Map<TargetKey, Asked> targets = new ConcurrentHashMap<>();
  private volatile Instant prunedAt = Instant.MIN;

  /** What is remembered of one workload. */
  static final class Asked {
    private final StartTimes starts = new StartTimes();
    private final Map<PolicyKey, Asking> asking = new ConcurrentSkipListMap<>();

    private record Asking(PolicyDefinition policy, Instant at) {}

    StartTimes starts() {
      return starts;
    }

    /** Returns the policies that scale it, by name. */
    List<PolicyDefinition> policies(Instant now) {
      return asking.values().stream()
          .filter(one -> !one.at.plus(PRESENT).isBefore(now))
          .map(Asking::policy)
          .toList();
    }

    private boolean isForgotten(Instant now) {
      asking.values().removeIf(one -> one.at.plus(REMEMBERED).isBefore(now));
      return asking.isEmpty();
    }
  }

  /** Takes note that a policy asks about its target. */
  Asked note(PolicyDefinition policy, TargetKey target, Instant now) {
    prune(now);
    Asked asked = targets.computeIfAbsent(target, _ -> new Asked());
    asked.asking.put(policy.key(), new Asked.Asking(policy, now));
    return asked;
  }

  private void prune(Instant now) {
    Instant due = prunedAt;
    if (due.equals(Instant.MIN) || due.plus(PRESENT).isBefore(now)) {
      prunedAt = now;
      targets.values().removeIf(asked -> asked.isForgotten(now));
    }
  }
}
