// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.ServedDemand;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every part of the last decisions as metrics of the service. They are read from the board at each
 * exposition, so that a policy's series go when it goes; what is unknown has no series.
 */
public final class PolicyMetrics extends Collector implements PolicyBoard.Listener {
  private static final String PREFIX = "agentscale_policy_";

  private final PolicyBoard board;
  private final Leadership leadership;
  private final InstantSource clock;
  private final Map<PolicyKey, Count> decisions = new ConcurrentHashMap<>();

  /** Decisions so far, by winner. */
  private record Count(Instant latest, Map<Explanation.Source, Long> byWinner) {}

  public PolicyMetrics(PolicyBoard board, Leadership leadership, InstantSource clock) {
    this.board = board;
    this.leadership = leadership;
    this.clock = clock;
    board.listen(this);
  }

  @Override
  public void posted(PolicySnapshot snapshot) {
    snapshot
        .latest()
        .ifPresent(record -> decisions.compute(record.key(), (_, c) -> with(c, record)));
  }

  private static Count with(@Nullable Count before, DecisionRecord record) {
    if (before != null && before.latest.equals(record.at())) {
      return before;
    }
    Map<Explanation.Source, Long> counts =
        before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before.byWinner);
    counts.merge(record.decision().explanation().winner(), 1L, Long::sum);
    return new Count(record.at(), counts);
  }

  @Override
  public void removed(PolicyKey key) {
    decisions.remove(key);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Families families = new Families();
    for (PolicySnapshot snapshot : board.all()) {
      new OfPolicy(snapshot, families).add();
    }
    List<MetricFamilySamples> all = new ArrayList<>(families.byName.values());
    all.add(counts());
    all.add(
        new GaugeMetricFamily(
            "agentscale_leader",
            "1 while this replica is the one that writes to the cluster, else 0.",
            leadership.isHeld() ? 1 : 0));
    all.add(
        new GaugeMetricFamily(
            "agentscale_policies_refused",
            "Policies whose spec cannot be followed.",
            board.refusals().size()));
    return all;
  }

  private CounterMetricFamily counts() {
    CounterMetricFamily family =
        new CounterMetricFamily(
            PREFIX + "decisions",
            "Decisions made, by the source that won.",
            List.of("namespace", "policy", "winner"));
    decisions.forEach(
        (key, count) ->
            count.byWinner.forEach(
                (winner, times) ->
                    family.addMetric(
                        List.of(key.namespace(), key.name(), word(winner)), (double) times)));
    return family;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The metrics, in the order they were first met. */
  private static final class Families {
    private final Map<String, GaugeMetricFamily> byName = new LinkedHashMap<>();

    GaugeMetricFamily of(String name, String help, List<String> labels) {
      return byName.computeIfAbsent(name, _ -> new GaugeMetricFamily(PREFIX + name, help, labels));
    }
  }

  /** One policy's part of each. */
  private final class OfPolicy {
    private final PolicySnapshot snapshot;
    private final Families families;
    private final PolicyKey key;

    OfPolicy(PolicySnapshot snapshot, Families families) {
      this.snapshot = snapshot;
      this.families = families;
      this.key = snapshot.definition().key();
    }

    void add() {
      snapshot.latest().ifPresent(this::addDecision);
      gauge(
          "effective_tolerance",
          "Relative change that the following autoscaler ignores, a ratio.",
          snapshot.definition().settings().tolerance());
      for (PolicyCondition condition : snapshot.conditions()) {
        if (condition.status() != PolicyCondition.Status.UNKNOWN) {
          gauge(
              "condition",
              "1 where the condition holds, else 0; no series while that is unknown.",
              "type",
              condition.type().text(),
              condition.status() == PolicyCondition.Status.TRUE ? 1 : 0);
        }
      }
    }

    private void addDecision(DecisionRecord record) {
      Explanation explanation = record.decision().explanation();
      record
          .decision()
          .state()
          .lastKnown()
          .ifPresent(
              known -> {
                gauge(
                    "live_demand",
                    "The newest demand measured, in the metric's own unit.",
                    known.demand().doubleValue());
                gauge(
                    "sample_age_seconds",
                    "Age of the newest demand measured.",
                    Duration.between(known.at(), clock.instant()).toMillis() / 1e3);
              });
      if (record.decision().served() instanceof ServedDemand.Known served) {
        gauge(
            "served_demand",
            "The demand decided, in the metric's own unit.",
            served.demand().doubleValue());
      }
      for (Explanation.Proposal proposal : explanation.proposals()) {
        proposal
            .ask()
            .ifPresent(
                ask ->
                    gauge(
                        "proposed_replicas",
                        "Replicas asked for, by source; no series where it asked for nothing.",
                        "source",
                        word(proposal.source()),
                        ask.replicas()));
      }
      addReplicas(record, explanation);
      for (Explanation.Clamp clamp : explanation.clamps()) {
        gauge(
            "limited_replicas",
            "Replicas that a limit left of those wanted; no series where it lowered nothing.",
            "limit",
            word(clamp.limit()),
            clamp.after());
      }
      record.autoscaler().ifPresent(this::addAutoscaler);
      explanation.foresight().ifPresent(this::addForesight);
    }

    private void addAutoscaler(AutoscalerView autoscaler) {
      gauge(
          "autoscaler_desired_replicas",
          "Replicas that the target's autoscaler says it wants.",
          autoscaler.desiredReplicas());
      gauge(
          "autoscaler_min_replicas",
          "Fewest replicas that the target's autoscaler allows.",
          autoscaler.minReplicas());
      gauge(
          "autoscaler_max_replicas",
          "Most replicas that the target's autoscaler allows.",
          autoscaler.maxReplicas());
    }

    private void addReplicas(DecisionRecord record, Explanation explanation) {
      int decided = record.decision().replicas();
      gauge("replicas", "Replicas asked for by the target's scale.", record.replicas());
      gauge("ready_replicas", "Replicas that can serve.", record.readyReplicas());
      gauge("decided_replicas", "Replicas decided.", decided);
      if (snapshot.definition().mode() == PolicyDefinition.Mode.PREVIEW) {
        gauge("would_be_replicas", "Replicas a policy in Preview would have.", decided);
      }
      gauge("floor_replicas", "Fewest replicas by schedule.", explanation.schedules().floor());
      gauge("ceiling_replicas", "Most replicas by schedule.", explanation.schedules().ceiling());
    }

    private void addForesight(Foresight foresight) {
      ForecastExplanation forecast = foresight.forecast();
      gauge(
          "lead_seconds",
          "Time from asking for a replica to its being ready.",
          foresight.lead().toMillis() / 1e3);
      if (forecast.forecast() instanceof Forecast.Known known) {
        for (Forecast.Quantile quantile : known.quantiles()) {
          gauge(
              "forecast_demand",
              "Demand foreseen, by the probability that it is not exceeded.",
              "quantile",
              Double.toString(quantile.p()),
              quantile.value());
        }
      }
      Accuracy accuracy = forecast.accuracy();
      accuracy
          .skill()
          .ifPresent(
              skill ->
                  gauge(
                      "forecast_skill",
                      "Share of the error saved over the better of as-now and as-yesterday.",
                      skill));
      if (accuracy.outcomes() > 0) {
        for (Accuracy.OfQuantile quantile : accuracy.quantiles()) {
          gauge(
              "forecast_coverage",
              "Share of outcomes at or below the quantile.",
              "quantile",
              Double.toString(quantile.p()),
              quantile.coverage());
        }
      }
    }

    private void gauge(String name, String help, double value) {
      families
          .of(name, help, List.of("namespace", "policy"))
          .addMetric(List.of(key.namespace(), key.name()), value);
    }

    private void gauge(String name, String help, String label, String labelled, double value) {
      families
          .of(name, help, List.of("namespace", "policy", label))
          .addMetric(List.of(key.namespace(), key.name(), labelled), value);
    }
  }
}
