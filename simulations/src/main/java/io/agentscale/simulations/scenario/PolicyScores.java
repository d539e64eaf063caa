// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is judged by, as results are written: the fields of the JSON have these names.
 * Numbers have four decimals at most. See {@link Score} for what each one means.
 *
 * @param latePercent of the runs that missed the objective
 * @param costRatio replica-hours over those of the minimal schedule
 * @param replicaHours of pods, whether ready or not
 * @param money the replica-hours cost; null without prices
 * @param p50Ms half of the runs took at most this; null, as all times, where runs are not modelled
 * @param p95Ms 95 % took at most this
 * @param p99Ms 99 % took at most this
 * @param scaleActions changes of the count asked for
 * @param flaps changes within 10 minutes of one in the other direction
 * @param meanMs of the runs served
 * @param maxMs the slowest
 * @param mostWaiting runs waiting outside pods at once, as measured
 * @param longestWaitMs of a run outside pods: measured by the request-level engine, an estimate of
 *     the fluid one
 * @param arrived runs
 * @param served with success
 * @param failed in a crowded pod
 * @param killed with their pod
 * @param unfinished at the end
 * @param readyHours of pods that served
 * @param minimalHours of the minimal schedule
 * @param shortHours of ready pods below it; times 60 they are replica-minutes
 * @param wastedHours of ready pods above it
 * @param nodeHours of nodes, where those are modelled
 * @param mostReplicas ready at once
 * @param underProvisionedPercent SPEC's under-provisioning accuracy
 * @param overProvisionedPercent SPEC's over-provisioning accuracy
 * @param underTimePercent SPEC's under-provisioning timeshare
 * @param overTimePercent SPEC's over-provisioning timeshare
 * @param jitterPerHour SPEC's jitter
 * @param instabilityPercent SPEC's instability
 * @param coldStartPercent of the runs that arrived while too few pods were ready and others started
 * @param forecastSkill the part of the error saved over naive forecasts; null if not known
 * @param forecastCoverage the share of outcomes within the forecast; null without forecasts
 */
public record PolicyScores(
    double latePercent,
    double costRatio,
    double replicaHours,
    @Nullable Double money,
    @Nullable Double p50Ms,
    @Nullable Double p95Ms,
    @Nullable Double p99Ms,
    long scaleActions,
    long flaps,
    @Nullable Double meanMs,
    @Nullable Double maxMs,
    double mostWaiting,
    double longestWaitMs,
    double arrived,
    double served,
    double failed,
    double killed,
    double unfinished,
    double readyHours,
    double minimalHours,
    double shortHours,
    double wastedHours,
    double nodeHours,
    int mostReplicas,
    double underProvisionedPercent,
    double overProvisionedPercent,
    double underTimePercent,
    double overTimePercent,
    double jitterPerHour,
    double instabilityPercent,
    double coldStartPercent,
    @Nullable Double forecastSkill,
    @Nullable Double forecastCoverage) {
  private static final double DECIMALS = 1e4;

  /**
   * Returns the scores of one replay.
   *
   * @param perReplicaHour price of a replica; empty without prices
   */
  public static PolicyScores of(Score score, Optional<Double> perReplicaHour) {
    double hours = score.replicas().replicaHours();
    return new PolicyScores(
        rounded(score.latency().latePercent()),
        rounded(score.replicas().costRatio()),
        rounded(hours),
        perReplicaHour.map(price -> rounded(hours * price)).orElse(null),
        score.latency().p50Millis(),
        score.latency().p95Millis(),
        score.latency().p99Millis(),
        score.restlessness().scaleActions(),
        score.restlessness().flaps(),
        rounded(score.latency().meanMillis()),
        score.latency().maxMillis(),
        rounded(score.waiting().most()),
        rounded(score.waiting().longestMillis()),
        rounded(score.runs().arrived()),
        rounded(score.runs().served()),
        rounded(score.runs().failed()),
        rounded(score.runs().killed()),
        rounded(score.runs().unfinished()),
        rounded(score.replicas().readyHours()),
        rounded(score.replicas().minimalHours()),
        rounded(score.replicas().shortHours()),
        rounded(score.replicas().wastedHours()),
        rounded(score.replicas().nodeHours()),
        score.replicas().most(),
        rounded(score.elasticity().underProvisionPercent()),
        rounded(score.elasticity().overProvisionPercent()),
        rounded(score.elasticity().underTimePercent()),
        rounded(score.elasticity().overTimePercent()),
        rounded(score.elasticity().jitterPerHour()),
        rounded(score.elasticity().instabilityPercent()),
        rounded(score.coldStartPercent()),
        score.forecast().flatMap(ForecastScore::skill).map(PolicyScores::rounded).orElse(null),
        score.forecast().map(forecast -> rounded(forecast.coverage())).orElse(null));
  }

  /**
   * Returns the scores over several cases: amounts added up, their ratio, and the rest as means. A
   * mean of ratios would let the smallest traffic cost as much as the largest.
   */
  static PolicyScores over(List<PolicyScores> cases) {
    if (cases.size() == 1) {
      return cases.getFirst();
    }
    return new PolicyScores(
        mean(cases, PolicyScores::latePercent),
        rounded(sum(cases, PolicyScores::replicaHours) / sum(cases, PolicyScores::minimalHours)),
        sum(cases, PolicyScores::replicaHours),
        sumIfKnown(cases, PolicyScores::money),
        meanIfKnown(cases, PolicyScores::p50Ms),
        meanIfKnown(cases, PolicyScores::p95Ms),
        meanIfKnown(cases, PolicyScores::p99Ms),
        cases.stream().mapToLong(PolicyScores::scaleActions).sum(),
        cases.stream().mapToLong(PolicyScores::flaps).sum(),
        meanIfKnown(cases, PolicyScores::meanMs),
        mostIfKnown(cases, PolicyScores::maxMs),
        most(cases, PolicyScores::mostWaiting),
        most(cases, PolicyScores::longestWaitMs),
        sum(cases, PolicyScores::arrived),
        sum(cases, PolicyScores::served),
        sum(cases, PolicyScores::failed),
        sum(cases, PolicyScores::killed),
        sum(cases, PolicyScores::unfinished),
        sum(cases, PolicyScores::readyHours),
        sum(cases, PolicyScores::minimalHours),
        sum(cases, PolicyScores::shortHours),
        sum(cases, PolicyScores::wastedHours),
        sum(cases, PolicyScores::nodeHours),
        cases.stream().mapToInt(PolicyScores::mostReplicas).max().orElseThrow(),
        mean(cases, PolicyScores::underProvisionedPercent),
        mean(cases, PolicyScores::overProvisionedPercent),
        mean(cases, PolicyScores::underTimePercent),
        mean(cases, PolicyScores::overTimePercent),
        mean(cases, PolicyScores::jitterPerHour),
        mean(cases, PolicyScores::instabilityPercent),
        mean(cases, PolicyScores::coldStartPercent),
        meanOfKnown(cases, PolicyScores::forecastSkill),
        meanOfKnown(cases, PolicyScores::forecastCoverage));
  }

  static double rounded(double value) {
    return Math.rint(value * DECIMALS) / DECIMALS;
  }

  private static double sum(List<PolicyScores> cases, ToDoubleFunction<PolicyScores> of) {
    return rounded(cases.stream().mapToDouble(of).sum());
  }

  private static double most(List<PolicyScores> cases, ToDoubleFunction<PolicyScores> of) {
    return cases.stream().mapToDouble(of).max().orElseThrow();
  }

  private static double mean(List<PolicyScores> cases, ToDoubleFunction<PolicyScores> of) {
    return rounded(cases.stream().mapToDouble(of).average().orElseThrow());
  }

  private static @Nullable Double sumIfKnown(
      List<PolicyScores> cases, Function<PolicyScores, @Nullable Double> of) {
    List<Double> known = known(cases, of);
    return known.size() < cases.size() ? null : rounded(stream(known).sum());
  }

  private static @Nullable Double meanIfKnown(
      List<PolicyScores> cases, Function<PolicyScores, @Nullable Double> of) {
    List<Double> known = known(cases, of);
    return known.size() < cases.size() ? null : rounded(stream(known).average().orElseThrow());
  }

  private static @Nullable Double mostIfKnown(
      List<PolicyScores> cases, Function<PolicyScores, @Nullable Double> of) {
    List<Double> known = known(cases, of);
    return known.size() < cases.size() ? null : stream(known).max().orElseThrow();
  }

  /** Forecasts may be too few to be judged in one case and not in another. */
  private static @Nullable Double meanOfKnown(
      List<PolicyScores> cases, Function<PolicyScores, @Nullable Double> of) {
    List<Double> known = known(cases, of);
    return known.isEmpty() ? null : rounded(stream(known).average().orElseThrow());
  }

  private static DoubleStream stream(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  private static List<Double> known(
      List<PolicyScores> cases, Function<PolicyScores, @Nullable Double> of) {
    return cases.stream().map(of).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
