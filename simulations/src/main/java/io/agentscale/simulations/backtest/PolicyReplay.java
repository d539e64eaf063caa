// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.simulations.replay.ControlPlane;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Fleet;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One replay of a policy on a recorded demand, by the very control plane of the simulator's
 * engines: scrapes, decisions and pods' start-up are theirs. What is decided at a time knows the
 * demand up to that time alone.
 */
public final class PolicyReplay implements TimelineListener {
  private static final long SEED = 1;

  private final Recording demand;
  private final Instant scoredFrom;
  private final Optional<ForecastUse> forecastUse;
  private final RecordedDemand data;
  private final ControlPlane control;
  private final List<DecisionRow> rows = new ArrayList<>();

  private PolicyReplay(
      Recording demand,
      Instant scoredFrom,
      Autoscaler autoscaler,
      Optional<ForecastUse> forecastUse,
      Cluster cluster) {
    this.demand = demand;
    this.scoredFrom = scoredFrom;
    this.forecastUse = forecastUse;
    data = new RecordedDemand(demand, this::fleet);
    control =
        new ControlPlane(
            // Nothing arrives, and what is needed is judged by the demand, elsewhere.
            new Recording(demand.start(), demand.step(), new double[0]),
            Workload.of(unknownPod()),
            cluster,
            autoscaler,
            ReplaySettings.of(new Goal(new Slo.Crowded(1), MinimalReplicas.atRate(1))),
            SEED,
            this,
            data);
  }

  /**
   * Replays a policy from the first step of a demand to its last.
   *
   * @param scoredFrom decisions before are not kept
   * @param forecastUse which of its forecasts' quantiles to show
   */
  public static Replayed run(
      Recording demand,
      Instant scoredFrom,
      Autoscaler autoscaler,
      Optional<ForecastUse> forecastUse,
      Cluster cluster) {
    return new PolicyReplay(demand, scoredFrom, autoscaler, forecastUse, cluster).run();
  }

  /** How runs fare in pods is not asked: the demand was recorded. */
  private static PodModel unknownPod() {
    return PodModel.of(
        "recorded", 1, new Distribution.Constant(1), new Distribution.Constant(0.001));
  }

  private Fleet fleet() {
    return control.fleet();
  }

  private Replayed run() {
    int steps = (int) demand.steps();
    double[] ready = new double[steps];
    double[] asked = new double[steps];
    double stepSeconds = demand.step().toMillis() / 1000.0;
    try (control) {
      control.begin();
      for (int i = 0; i < steps; i++) {
        advance(i * stepSeconds);
        ready[i] = control.ready();
        asked[i] = control.replicas();
      }
      advance(steps * stepSeconds);
    }
    return new Replayed(
        new Replicas(
            new Recording(demand.start(), demand.step(), ready),
            new Recording(demand.start(), demand.step(), asked)),
        rows,
        control.session().forecastScore());
  }

  private void advance(double to) {
    while (control.next() <= to) {
      double at = control.next();
      data.moveTo(control.at(at));
      control.run(at);
    }
  }

  @Override
  public boolean isListening() {
    return !control.now().isBefore(scoredFrom);
  }

  @Override
  public void decided(TimelineRow row) {
    Optional<Explanation> why = control.session().policyDecision().map(PolicyDecision::explanation);
    rows.add(
        new DecisionRow(
            row,
            why.map(this::forecast).orElse(Double.NaN),
            why.map(each -> (double) each.schedules().floor()).orElse(Double.NaN)));
  }

  private double forecast(Explanation explanation) {
    if (explanation.foresight().isPresent()
        && forecastUse.isPresent()
        && explanation.foresight().get().forecast().forecast() instanceof Forecast.Known known) {
      return known.quantile(forecastUse.get().quantile());
    }
    return Double.NaN;
  }
}
