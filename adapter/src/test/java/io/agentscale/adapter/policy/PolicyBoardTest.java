// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.policy.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An explanation that is not what was decided misleads when it matters most, and one that is kept
 * in full for thousands of policies takes the service down.
 */
final class PolicyBoardTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final PolicyDefinition CODER =
      Policies.forecasting(
          Policies.with(
              new PolicyKey("agent-prod", "coder"),
              PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(2, 40))
                  .withQuota(new Quota(Quantity.of(2_000_000)))),
          Policies.PLAN);

  private final PolicyBoard board = new PolicyBoard();

  @Test
  void history_isWhatWasDecided_toTheLastFigure() {
    List<DecisionRecord> decided = decide(CODER, 700, 1);

    List<DecisionRecord> remembered = board.history(CODER.key());

    assertThat(remembered).hasSize(PolicyBoard.RECORDS_KEPT);
    assertThat(remembered).isEqualTo(decided.subList(200, 700));
    assertThat(remembered).anyMatch(r -> r.decision().explanation().foresight().isPresent());
    assertThat(remembered).anyMatch(r -> !r.decision().explanation().notes().isEmpty());
    assertThat(remembered).anyMatch(r -> r.autoscaler().isPresent());
  }

  @Test
  void history_sinceATime_andAtMostSoMany() {
    decide(CODER, 40, 2);

    Instant since = START.plus(PERIOD.multipliedBy(30));
    assertThat(board.history(CODER.key(), since, 500))
        .extracting(DecisionRecord::at)
        .first()
        .isEqualTo(since);
    assertThat(board.history(CODER.key(), since, 500)).hasSize(10);
    assertThat(board.history(CODER.key(), Instant.MIN, 3)).hasSize(3);
    assertThat(board.history(new PolicyKey("agent-prod", "nobody"))).isEmpty();
  }

  @Test
  void acted_joinsTheDecisionItCameOf() {
    decide(CODER, 3, 3);
    Instant second = START.plus(PERIOD);

    board.acted(CODER.key(), second, List.of("minReplicas of hpa/coder set to 10"));
    board.acted(CODER.key(), START.minus(PERIOD), List.of("long forgotten"));

    assertThat(board.history(CODER.key()))
        .extracting(DecisionRecord::actions)
        .containsExactly(List.of(), List.of("minReplicas of hpa/coder set to 10"), List.of());
  }

  @Test
  void refused_isNoLongerFollowed_untilPostedAgain() {
    decide(CODER, 1, 4);
    PolicySnapshot before = board.find(CODER.key()).orElseThrow();
    PolicyRefusal refusal =
        new PolicyRefusal(CODER.key(), "uid", 2, List.of("spec.maxReplicas: must be at least 2"));

    board.refuse(refusal);
    assertThat(board.find(CODER.key())).isEmpty();
    assertThat(board.findRefusal(CODER.key())).contains(refusal);

    board.post(before);
    assertThat(board.find(CODER.key())).contains(before);
    assertThat(board.refusals()).isEmpty();

    board.remove(CODER.key());
    assertThat(board.all()).isEmpty();
    assertThat(board.history(CODER.key())).isEmpty();
  }

  /** Two thousand policies have 200 MB with all else; without forecasts these are a tenth. */
  @Test
  void memory_ofAFullHistory_isSmall() {
    PolicyDefinition plain = Policies.coder();
    // So many that what else lives in this process does not matter.
    int policies = 400;
    DecisionLog[] logs = new DecisionLog[policies];
    long before = used();
    for (int i = 0; i < policies; i++) {
      logs[i] = new DecisionLog(PolicyBoard.RECORDS_KEPT);
      fill(logs[i], plain, i);
    }
    long each = (used() - before) / policies;

    assertThat(logs).hasSize(policies);
    assertThat(each).as("bytes for 500 decisions").isBetween(4_000L, 14_000L);
  }

  private static void fill(DecisionLog log, PolicyDefinition policy, int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      Instant now = START.plus(PERIOD.multipliedBy(i));
      LiveDemand.Known live =
          new LiveDemand.Known(Quantity.of(random.nextInt(400)), now, "preset agent-concurrency");
      log.add(
          new DecisionInputs(
              policy.key(),
              policy.settings(),
              now,
              new PolicyState(Optional.of(live)),
              new PolicyObservation(random.nextInt(40), 2, live),
              Optional.empty(),
              Optional.of(Policies.autoscaler(2, 40, 4))));
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Decides on a day of random demand, with everything a decision can be made of. */
  private List<DecisionRecord> decide(PolicyDefinition policy, int count, long seed) {
    Random random = new Random(seed);
    Forecaster forecaster =
        new Forecaster(ForecastSettings.of(Duration.ofMinutes(2)).withStep(Duration.ofMinutes(1)));
    List<DecisionRecord> decided = new ArrayList<>();
    PolicyState state = PolicyState.INITIAL;
    for (int i = 0; i < count; i++) {
      Instant now = START.plus(PERIOD.multipliedBy(i));
      double demand =
          Math.max(0, Math.rint(200 + 150 * Math.sin(i / 40.0) + 20 * random.nextGaussian()));
      forecaster.observe(new Sample(demand, now));
      DecisionInputs inputs = inputs(policy, now, state, demand, forecaster, random);
      DecisionRecord record = inputs.decide();
      state = record.decision().state();
      decided.add(record);
      board.decided(new PolicySnapshot(policy, Optional.of(record), List.of(), List.of()), inputs);
    }
    return decided;
  }

  private static DecisionInputs inputs(
      PolicyDefinition policy,
      Instant now,
      PolicyState state,
      double demand,
      Forecaster forecaster,
      Random random) {
    LiveDemand live =
        random.nextInt(5) == 0
            ? new LiveDemand.Unknown("Prometheus", "no answer, attempt " + random.nextInt(3))
            : new LiveDemand.Known(
                Quantity.of(demand), now.minusMillis(random.nextInt(9000)), "Prometheus");
    Optional<Foresight> foresight =
        random.nextInt(9) == 0
            ? Optional.empty()
            : Optional.of(
                new Foresight(
                    Duration.ofSeconds(100),
                    "p90 created to Ready, 12 starts",
                    forecaster.explain(now, Duration.ofMinutes(2), Policies.PLAN.use().gate())));
    Optional<TokenUse> tokens =
        random.nextBoolean()
            ? Optional.of(new TokenUse(Quantity.of(random.nextInt(1_000_000)), now, "preset"))
            : Optional.empty();
    int present = random.nextInt(41);
    return new DecisionInputs(
        policy.key(),
        policy.settings(),
        now,
        state,
        new PolicyObservation(present, present / 2, live, foresight, tokens),
        random.nextInt(4) == 0
            ? Optional.of(new ScaleInGuard.Least(random.nextInt(30), "3 pods run for over 1m"))
            : Optional.empty(),
        random.nextBoolean() ? Optional.of(Policies.autoscaler(2, 40, present)) : Optional.empty());
  }
}
