// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Explanation.Limit;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The three promises, on walks of ten thousand decisions through everything that can happen:
 * unknown is never zero, forecasts and schedules only add unless a ceiling is said, and every
 * decision can be explained.
 */
final class RandomLoopTest {
  private static final int STEPS = 10_000;
  private static final Quantity PER_REPLICA = Quantity.of(12);
  private static final Duration HOLD = PolicySettings.DEFAULT_HOLD;
  private static final PolicyDefinition POLICY =
      Policies.protecting(
          Policies.forecasting(
              Policies.with(
                  new PolicyKey("agent-prod", "coder"),
                  PolicySettings.of(
                      PER_REPLICA,
                      new SchedulePlan(
                          new Baseline(2, 40),
                          List.of(
                              window(
                                  "workday",
                                  "0 9 * * *",
                                  5,
                                  new Target.Range(OptionalInt.of(10), OptionalInt.of(30))),
                              window("night", "0 2 * * *", 2, new Target.Exact(3))),
                          Map.of()))),
              Policies.PLAN));

  private final LoopScene scene = new LoopScene();
  private double amount = 100;
  private int replicas = 4;
  private Instant knownAt = Instant.MIN;
  private Instant latest = Instant.MIN;
  private int decisions;

  private static Schedule window(String name, String cron, int hours, Target target) {
    return new Schedule(
        name,
        ZoneId.of("Europe/Berlin"),
        new Start.Recurring(Cron.parse(cron)),
        new End.After(Duration.ofHours(hours)),
        target,
        Duration.ofMinutes(10),
        List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tenThousandSteps_keepTheThreePromises(long seed) {
    Random random = new Random(seed);
    scene.loop.defined(POLICY);
    for (int i = 0; i < STEPS; i++) {
      happens(random);
      scene.step();
      scene.board.find(POLICY.key()).flatMap(s -> s.latest()).ifPresent(this::check);
      follow(random);
    }
    assertThat(decisions).as("decisions checked").isGreaterThan(STEPS * 8 / 10);
  }

  private void happens(Random random) {
    amount =
        Math.max(0, amount + 10 * random.nextGaussian() + (random.nextInt(300) == 0 ? 300 : 0));
    amount = random.nextInt(200) == 0 ? 0 : Math.min(amount, 600);
    int event = random.nextInt(100);
    scene.hangs = event < 2;
    if (event < 15 && scene.demand instanceof LiveDemand.Unknown) {
      scene.unknown("still gone");
    } else if (event < 5) {
      scene.unknown("Prometheus is gone");
    } else if (event >= 30 || scene.demand instanceof LiveDemand.Known) {
      scene.demand(Math.rint(amount));
    }
    scene.target =
        random.nextInt(50) == 0
            ? new TargetView.Unknown("not seen")
            : Policies.target(
                replicas,
                Optional.of(
                    new TargetView.MeasuredLead(
                        Duration.ofSeconds(20 + random.nextInt(200)), 1 + random.nextInt(50))));
    scene.least =
        random.nextInt(4) == 0
            ? Optional.of(new ScaleInGuard.Least(random.nextInt(replicas + 3), "runs in flight"))
            : Optional.empty();
    if (random.nextInt(400) == 0) {
      scene.restart();
      scene.loop.defined(POLICY);
      knownAt = Instant.MIN;
    }
    if (random.nextInt(500) == 0) {
      scene.now = scene.now.plus(Duration.ofMinutes(random.nextInt(600) - 200));
      // A demand known by a clock since set back is held from now on.
      knownAt = knownAt.isAfter(scene.now) ? scene.now.plusSeconds(30) : knownAt;
    }
  }

  /** An autoscaler that follows what is served, and sometimes only a part of the way. */
  private void follow(Random random) {
    scene
        .board
        .find(POLICY.key())
        .flatMap(snapshot -> snapshot.latest())
        .ifPresent(
            record -> {
              if (record.decision().served() instanceof ServedDemand.Known served) {
                int wanted = (int) Math.ceilDiv(served.demand().milli(), PER_REPLICA.milli());
                int step = random.nextInt(6);
                replicas = Math.clamp(Math.clamp(wanted, replicas - step, replicas + step), 1, 40);
              }
            });
  }

  private void check(DecisionRecord record) {
    if (record.at().equals(latest)) {
      return;
    }
    latest = record.at();
    decisions++;
    assertThat(record.at()).as("no decision from the future").isBeforeOrEqualTo(scene.now);
    boolean isKnown =
        record.decision().explanation().proposals().stream()
            .noneMatch(proposal -> proposal.source() == Source.PRESENT);
    if (isKnown) {
      knownAt = record.at();
    }
    unknownIsNeverZero(record, isKnown);
    onlyAdds(record, isKnown);
    isExplained(record);
  }

  private void unknownIsNeverZero(DecisionRecord record, boolean isKnown) {
    Explanation explanation = record.decision().explanation();
    assertThat(record.decision().replicas()).isPositive();
    if (isKnown) {
      return;
    }
    if (!isLowered(explanation)) {
      assertThat(record.decision().replicas())
          .as("unknown takes nothing away: %s", explanation)
          .isGreaterThanOrEqualTo(record.replicas());
    }
    if (record.decision().served() instanceof ServedDemand.Known served) {
      boolean isHeld = !knownAt.plus(HOLD).isBefore(record.at());
      assertThat(
              isHeld
                  || record.decision().replicas() != record.replicas()
                  || explanation.schedules().exact())
          .as("what is served is held, or a change that a schedule asks for: %s", explanation)
          .isTrue();
      assertThat(served.demand()).as("%s", explanation).isGreaterThan(Quantity.ZERO);
    }
  }

  private void onlyAdds(DecisionRecord record, boolean isKnown) {
    Explanation explanation = record.decision().explanation();
    if (!isKnown || isLowered(explanation)) {
      return;
    }
    int live =
        explanation.proposals().stream()
            .filter(proposal -> proposal.source() == Source.LIVE)
            .flatMap(proposal -> proposal.ask().stream())
            .mapToInt(ask -> ask.replicas())
            .findFirst()
            .orElseThrow();
    assertThat(record.decision().replicas())
        .as("%s", explanation)
        .isGreaterThanOrEqualTo(Math.clamp(live, 2, 40));
  }

  private static boolean isLowered(Explanation explanation) {
    return explanation.clamps().stream().anyMatch(clamp -> clamp.limit() != Limit.MAXIMUM);
  }

  private void isExplained(DecisionRecord record) {
    Explanation explanation = record.decision().explanation();
    int replicas =
        explanation.proposals().stream()
            .filter(proposal -> proposal.source() == explanation.winner())
            .flatMap(proposal -> proposal.ask().stream())
            .mapToInt(ask -> ask.replicas())
            .findFirst()
            .orElseThrow();
    for (Explanation.Clamp clamp : explanation.clamps()) {
      assertThat(clamp.before()).isEqualTo(replicas);
      replicas = clamp.after();
    }
    boolean isGuarded = record.decision().replicas() != replicas;
    assertThat(isGuarded)
        .as("runs in flight say so: %s", explanation)
        .isEqualTo(explanation.notes().stream().anyMatch(note -> note.contains("runs in flight")));
    assertThat(explanation.replicas()).isEqualTo(record.decision().replicas());
    assertThat(explanation.inputs()).anyMatch(input -> input.name().equals("live demand"));
    DecisionRecord remembered = scene.board.history(POLICY.key(), record.at(), 1).getFirst();
    assertThat(remembered.decision()).isEqualTo(record.decision());
  }
}
