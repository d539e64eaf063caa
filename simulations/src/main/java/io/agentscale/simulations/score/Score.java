// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param span the time scored, after any warm-up
 * @param runs what became of them
 * @param latency how long those served took
 * @param waiting how many waited for a pod, and how long
 * @param replicas how much capacity was there
 * @param elasticity how well it followed the need
 * @param restlessness how often it changed
 * @param coldStartPercent of the runs arrived while fewer replicas were ready than the minimal
 *     schedule asks for and others were starting
 * @param forecast how good the autoscaler's forecasts were, if it made any
 */
public record Score(
    Duration span,
    Runs runs,
    Latency latency,
    Waiting waiting,
    Replicas replicas,
    Elasticity elasticity,
    Restlessness restlessness,
    double coldStartPercent,
    Optional<ForecastScore> forecast) {

  /**
   * What became of the runs: {@code before + arrived = served + failed + killed + unfinished}. The
   * fluid engine counts in fractions.
   *
   * @param before in the system when scoring began
   * @param arrived while scored
   * @param served with success
   * @param failed in a crowded pod
   * @param killed with a pod that had to go before they ended
   * @param unfinished at the end, in pods or waiting
   */
  public record Runs(
      double before,
      double arrived,
      double served,
      double failed,
      double killed,
      double unfinished) {

    /** Returns by how many runs the books do not balance; 0 but for rounding. */
    public double imbalance() {
      return before + arrived - served - failed - killed - unfinished;
    }

    /** Returns all that there were: the base of percentages. */
    public double all() {
      return before + arrived;
    }

    public double failedPercent() {
      return percent(failed);
    }

    public double killedPercent() {
      return percent(killed);
    }

    private double percent(double count) {
      return all() > 0 ? 100 * count / all() : 0;
    }
  }

  /**
   * How long runs took from arrival to end.
   *
   * @param latePercent of all runs that missed the objective; those unfinished at the end that have
   *     missed it already count
   * @param meanMillis of those served
   * @param p50Millis half took at most this
   * @param p95Millis 95 % took at most this
   * @param p99Millis 99 % took at most this
   * @param maxMillis the slowest
   */
  public record Latency(
      double latePercent,
      double meanMillis,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis) {}

  /**
   * Runs that wait outside pods. The fluid engine knows amounts and ticks, not runs, so that its
   * longest wait is an estimate.
   *
   * @param most that waited at once
   * @param longestMillis any has waited, those that still wait at the end included
   */
  public record Waiting(double most, double longestMillis) {}

  /**
   * Capacity over time.
   *
   * @param replicaHours from a pod's creation to its end, waiting for a node left out
   * @param readyHours of those that served
   * @param minimalHours of the schedule of the fewest replicas that meet the objective
   * @param shortHours of ready replicas missing from that schedule
   * @param wastedHours of ready replicas above that schedule
   * @param nodeHours of the nodes, where those are modelled
   * @param most replicas ready at once
   */
  public record Replicas(
      double replicaHours,
      double readyHours,
      double minimalHours,
      double shortHours,
      double wastedHours,
      double nodeHours,
      int most) {

    /** Returns the cost relative to the minimal schedule: 1 is as cheap as can be. */
    public double costRatio() {
      return replicaHours / minimalHours;
    }
  }

  /**
   * The elasticity metrics of the SPEC research group (Herbst et al., "Ready for Rain?",
   * SPEC-RG-2016-01), with {@code d} the fewest replicas that meet the objective and {@code s} the
   * ready ones, over the time {@code T}.
   *
   * @param underProvisionPercent {@code 100 / T x sum of max(d - s, 0) / d dt}
   * @param overProvisionPercent {@code 100 / T x sum of max(s - d, 0) / d dt}
   * @param underTimePercent of the time with {@code s < d}
   * @param overTimePercent of the time with {@code s > d}
   * @param jitterPerHour changes of {@code s} minus changes of {@code d}, an hour
   * @param instabilityPercent of the minutes in which {@code s} and {@code d} went different ways
   */
  public record Elasticity(
      double underProvisionPercent,
      double overProvisionPercent,
      double underTimePercent,
      double overTimePercent,
      double jitterPerHour,
      double instabilityPercent) {}

  /**
   * How often the count asked for changed.
   *
   * @param scaleActions changes in either direction
   * @param flaps changes within 10 minutes of one in the other direction
   */
  public record Restlessness(long scaleActions, long flaps) {}

  /**
   * How good forecasts were.
   *
   * @param outcomes forecasts that met their outcome
   * @param skill the part of the error saved over the better of "as now" and "as yesterday"; empty
   *     where too few outcomes were seen
   * @param coverage the share of outcomes at or below the quantile used
   */
  public record ForecastScore(long outcomes, Optional<Double> skill, double coverage) {}
}
