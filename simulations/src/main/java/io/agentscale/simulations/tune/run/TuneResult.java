// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.scenario.ScenarioResult;
import java.time.Duration;
import java.util.List;

/**
 * What came of a tuning.
 *
 * @param searched every policy tried
 * @param front those of them no other beats, cheapest first
 * @param extent how much of the training days was verified
 * @param present the settings as they were, on the training days
 * @param verified those of the front that were verified, cheapest first
 * @param picked the one chosen of them
 * @param byRule whether the rule chose it; false if none qualified and it is the one with the
 *     fewest late runs
 * @param training how much of the traffic the search saw
 * @param heldOut both policies and the baselines on what it did not see, with all decisions
 */
public record TuneResult(
    List<Searched> searched,
    List<Searched> front,
    Extent extent,
    Finalist present,
    List<Finalist> verified,
    Finalist picked,
    boolean byRule,
    Duration training,
    ScenarioResult heldOut) {
  /** The name of the settings found in {@link #heldOut}. */
  public static final String TUNED = "tuned";

  /** The name of the settings as they were in {@link #heldOut}. */
  public static final String PRESENT = "present";

  public TuneResult {
    searched = List.copyOf(searched);
    front = List.copyOf(front);
    verified = List.copyOf(verified);
  }

  /** Returns the scores of a policy on the held-out days. */
  public PolicyScores heldOut(String name) {
    return heldOut.policies().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow()
        .scores();
  }
}
