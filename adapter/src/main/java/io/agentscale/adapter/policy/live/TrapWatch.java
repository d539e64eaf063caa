// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.trap.DecisionTraps;
import io.agentscale.adapter.trap.Finding;
import io.agentscale.adapter.trap.Trap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The traps a policy's own decisions show, looked for now and then: unpacking its history for every
 * decision would cost more than deciding does.
 */
final class TrapWatch {
  static final Duration PAUSE = Duration.ofMinutes(5);

  private Instant looked = Instant.MIN;
  private List<Finding> findings = List.of();

  /**
   * Looks again if it is time to; a clock set back makes it so.
   *
   * @param history the decisions before the latest
   */
  void look(
      PolicyDefinition policy,
      Supplier<List<DecisionRecord>> history,
      DecisionRecord latest,
      Instant now) {
    if (looked.equals(Instant.MIN) || Duration.between(looked, now).abs().compareTo(PAUSE) >= 0) {
      looked = now;
      List<DecisionRecord> all = new ArrayList<>(history.get());
      all.add(latest);
      findings = DecisionTraps.find(policy, all);
    }
  }

  /** Forgets what was found, and when. */
  void reset() {
    looked = Instant.MIN;
    findings = List.of();
  }

  boolean has(Trap trap) {
    return findings.stream().anyMatch(finding -> finding.trap() == trap);
  }

  /** Returns what was found, in sentences. */
  List<String> sentences() {
    return findings.stream().map(Finding::sentence).toList();
  }
}
