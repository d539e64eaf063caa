// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import io.agentscale.adapter.policy.DecisionInputs;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies that decide on a demand that goes up and down, with a moment when it is unknown. */
final class BoardScene {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final int PERIOD_SECONDS = 15;
  private static final Duration AHEAD = Duration.ofMinutes(2);

  private final PolicyBoard board;
  private final Map<PolicyKey, PolicyState> states = new HashMap<>();
  private final Map<PolicyKey, Integer> steps = new HashMap<>();
  private final Forecaster forecaster =
      new Forecaster(ForecastSettings.of(AHEAD).withStep(Duration.ofMinutes(1)));
  private volatile Instant now = START;

  BoardScene(PolicyBoard board) {
    this.board = board;
  }

  Instant now() {
    return now;
  }

  void decide(String name, int times) {
    for (int i = 0; i < times; i++) {
      decide(Policies.named(name), List.of(), "sum(waiting)");
    }
  }

  /** Decides with a window from 08:04 to 08:09 that holds 18 replicas, and with a forecast. */
  void decideAhead(String name, int times) {
    Schedule rush =
        new Schedule(
            "rush",
            ZoneId.of("Europe/Berlin"),
            new Start.OnceInstant(START.plus(Duration.ofMinutes(4))),
            new End.After(Duration.ofMinutes(5)),
            Target.floor(18),
            Duration.ZERO,
            List.of());
    SchedulePlan plan = new SchedulePlan(new Baseline(2, 40), List.of(rush), Map.of());
    PolicyDefinition policy =
        Policies.forecasting(
            Policies.with(Policies.named(name).key(), PolicySettings.of(Quantity.of(12), plan)),
            Policies.PLAN);
    for (int i = 0; i < times; i++) {
      decide(policy, List.of(), "sum(waiting)");
    }
  }

  /** Decides with a text in every place that a user or a server may fill. */
  void decideHostile(String text) {
    decide(Policies.named("hostile"), List.of(text), text);
  }

  private void decide(PolicyDefinition policy, List<String> warnings, String source) {
    PolicyKey key = policy.key();
    int step = steps.merge(key, 1, Integer::sum);
    Instant at = START.plusSeconds((long) step * PERIOD_SECONDS);
    LiveDemand live =
        step % 9 == 8
            ? new LiveDemand.Unknown(source, "Prometheus answered 503")
            : new LiveDemand.Known(
                Quantity.of(Math.round(120 + 80 * Math.sin(step / 6.0))), at, source);
    DecisionInputs inputs =
        new DecisionInputs(
            key,
            policy.settings(),
            at,
            states.getOrDefault(key, PolicyState.INITIAL),
            new PolicyObservation(10, 9, live, foresight(policy, live, at), Optional.empty()),
            Optional.empty(),
            Optional.of(Policies.autoscaler(2, 40, 10)));
    DecisionRecord record = inputs.decide();
    states.put(key, record.decision().state());
    PolicyCondition ready =
        new PolicyCondition(
            PolicyCondition.Type.READY, PolicyCondition.Status.TRUE, "Deciding", source, START);
    now = at;
    board.decided(
        new PolicySnapshot(policy, Optional.of(record), List.of(ready), warnings), inputs);
  }

  private Optional<Foresight> foresight(PolicyDefinition policy, LiveDemand live, Instant at) {
    if (policy.forecast().isEmpty()) {
      return Optional.empty();
    }
    if (live instanceof LiveDemand.Known known) {
      forecaster.observe(new Sample(known.demand().doubleValue(), at));
    }
    return Optional.of(
        new Foresight(
            AHEAD, "configured", forecaster.explain(at, AHEAD, Policies.PLAN.use().gate())));
  }
}
