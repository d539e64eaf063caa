// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.Shard;
import java.time.Duration;
import java.util.Optional;

/**
 * How to tune.
 *
 * @param evaluations the most policies tried by the search, over all shards
 * @param budget how long the search may take; with one, what is found depends on the machine
 * @param heldOutShare of the traffic that the search does not see
 * @param allowedLatePercent what meets the objective
 * @param reserve the share of that kept for days unlike those of training
 * @param rule picks one of the front
 * @param verified how many of the front are replayed by the verifying engine at a time
 * @param verifier the engine that verifies
 * @param mostRequests that the verifying engine replays to verify, and again to judge; beyond that
 *     it verifies on some of the days, and the fluid engine judges
 * @param countsFlaps whether changes back and forth are to be few as well
 * @param shard the part of the search that is done here
 * @param threads that replay at once; the result does not depend on it
 */
public record TuneSettings(
    int evaluations,
    Optional<Duration> budget,
    double heldOutShare,
    double allowedLatePercent,
    double reserve,
    PickRule rule,
    int verified,
    EngineKind verifier,
    double mostRequests,
    boolean countsFlaps,
    Shard shard,
    int threads) {

  /** A thousand evaluations on two thirds of the traffic, at most 1 % late. */
  public static final TuneSettings DEFAULT =
      new TuneSettings(
          1000,
          Optional.empty(),
          0.3,
          1,
          0.5,
          PickRule.CHEAPEST,
          6,
          EngineKind.EVENT,
          600e6,
          false,
          Shard.WHOLE,
          Runtime.getRuntime().availableProcessors());

  public TuneSettings {
    require(evaluations >= 4, "evaluations: must be at least 4, was: " + evaluations);
    require(
        heldOutShare > 0 && heldOutShare < 1,
        "holdout: must be between 0 and 1, was: " + heldOutShare);
    require(
        allowedLatePercent >= 0 && allowedLatePercent <= 100,
        "late: must be from 0 to 100, was: " + allowedLatePercent);
    require(reserve >= 0 && reserve < 1, "reserve: must be from 0 to below 1, was: " + reserve);
    require(mostRequests > 0, "verify-requests: must be above 0, was: " + mostRequests);
    require(verified >= 1, "verify: must be at least 1, was: " + verified);
    require(threads >= 1, "threads: must be at least 1, was: " + threads);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** Returns what share of late runs is allowed on a bad day of training. */
  public double trainingLatePercent() {
    return allowedLatePercent * (1 - reserve);
  }

  /** Says the rule for people. */
  public String ruleText() {
    return rule.text(trainingLatePercent());
  }

  /** Returns how many evaluations this shard makes. */
  int share() {
    return Math.max(4, Math.ceilDiv(evaluations, shard.of()));
  }
}
