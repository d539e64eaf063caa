// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.scenario.Prices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a policy would have done with a demand that was recorded, against what really ran.
 *
 * @param policy its namespace and name
 * @param target what it scales
 * @param perReplica demand that one ready replica carries
 * @param demand of the stretch that is scored
 * @param would what the policy would have done
 * @param actual what really ran; empty where that is not compared
 * @param scoredPercent the share of the stretch of which all is known
 * @param decisions of the policy
 * @param prices of replicas, if they are known
 * @param facts how it was made
 * @param caveats what to bear in mind, in sentences
 */
public record Backtest(
    String policy,
    String target,
    Quantity perReplica,
    Recording demand,
    Judged would,
    Optional<Judged> actual,
    double scoredPercent,
    List<DecisionRow> decisions,
    Optional<Prices> prices,
    List<Fact> facts,
    List<String> caveats) {
  /** The name of what really ran, in tables. */
  public static final String ACTUAL = "what really ran";

  public Backtest {
    decisions = List.copyOf(decisions);
    facts = List.copyOf(facts);
    caveats = List.copyOf(caveats);
  }

  public Instant from() {
    return demand.start();
  }

  public Instant to() {
    return demand.end();
  }

  public Duration step() {
    return demand.step();
  }

  /** Returns all that were judged, the policy first. */
  public List<Judged> judged() {
    return actual.map(each -> List.of(would, each)).orElse(List.of(would));
  }

  /** Returns how many replicas really were ready at a time; NaN if that is not known. */
  public double actualAt(Instant time) {
    return actual.map(each -> each.replicas().ready().at(time)).orElse(Double.NaN);
  }

  /** Tells whether all is known at a time, so that it counts in the scores. */
  public boolean isScored(Instant time) {
    return !Double.isNaN(demand.at(time))
        && actual
            .map(Judged::replicas)
            .map(
                real ->
                    !Double.isNaN(real.ready().at(time)) && !Double.isNaN(real.asked().at(time)))
            .orElse(true);
  }

  /** Says in a sentence what came of it. */
  public String plainly() {
    BacktestScores scores = would.scores();
    if (actual.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "%s would have used %.1f replica-hours, and been short for %s.",
          would.name(),
          scores.replicaHours(),
          minutes(scores.shortMinutes()));
    }
    BacktestScores real = actual.get().scores();
    return String.format(
        Locale.ROOT,
        "%s would have used %s, and been short for %s instead of %s.",
        would.name(),
        hours(scores.replicaHours(), real.replicaHours()),
        minutes(scores.shortMinutes()),
        minutes(real.shortMinutes()));
  }

  private static String hours(double would, double real) {
    String figures = String.format(Locale.ROOT, "(%.1f instead of %.1f)", would, real);
    if (real == 0) {
      return "other replica-hours " + figures;
    }
    double percent = 100 * (would - real) / real;
    return Math.abs(percent) < 0.05
        ? "as many replica-hours " + figures
        : String.format(
            Locale.ROOT,
            "%.1f %% %s replica-hours %s",
            Math.abs(percent),
            percent < 0 ? "fewer" : "more",
            figures);
  }

  private static String minutes(double minutes) {
    return String.format(Locale.ROOT, "%.1f min", minutes);
  }
}
