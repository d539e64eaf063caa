// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.Explanation.Source;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.policy.ServedDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The loop runs unattended for months: whatever happens to its surroundings, it must neither scale
 * on what it does not know nor stop deciding.
 */
final class PolicyLoopTest {
  private static final PolicyDefinition CODER = Policies.coder();
  private static final PolicyKey KEY = CODER.key();

  private final LoopScene scene = new LoopScene();

  @Test
  void life_fromDefinedToRemoved() {
    scene.loop.defined(CODER);
    scene.demand(60);
    scene.step();
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(5);
    assertThat(status(PolicyCondition.Type.READY)).isEqualTo(PolicyCondition.Status.TRUE);
    assertThat(scene.acts.acted).isNotEmpty();

    scene.loop.defined(Policies.inMode(CODER, PolicyDefinition.Mode.PAUSED));
    scene.step();
    assertThat(status(PolicyCondition.Type.READY)).isEqualTo(PolicyCondition.Status.FALSE);

    scene.loop.refused(KEY, "uid", 3, List.of("spec.maxReplicas: must be at least 1"));
    scene.step();
    int acted = scene.acts.acted.size();
    scene.step();
    assertThat(scene.board.find(KEY)).isEmpty();
    assertThat(scene.board.findRefusal(KEY)).isPresent();
    assertThat(scene.acts.acted).hasSize(acted);
    assertThat(scene.acts.released).as("a typing error gives no floor back").isEmpty();

    scene.loop.removed(KEY);
    scene.pass(Duration.ofSeconds(2));
    assertThat(scene.acts.released).extracting(PolicyDefinition::key).containsExactly(KEY);
    assertThat(scene.board.findRefusal(KEY)).isEmpty();
  }

  @Test
  void trapThatDecisionsShow_isAWarning() {
    scene.loop.defined(
        Policies.with(KEY, PolicySettings.reactive(Quantity.of(12), new ReplicaBounds(2, 5))));
    scene.demand(120);
    scene.step();
    assertThat(scene.snapshot(KEY).warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("the live load alone needs 10 replicas, and 5 are allowed"));

    scene.demand(24);
    scene.pass(TrapWatch.PAUSE.plusMinutes(1));
    assertThat(scene.snapshot(KEY).warnings())
        .noneSatisfy(warning -> assertThat(warning).contains("the live load alone"));
  }

  @Test
  void retargeted_whatWasWrittenForTheFormerTargetIsGivenBackFirst() {
    PolicyDefinition floor = Policies.acting(CODER, new Actuation.ExactFloor());
    scene.loop.defined(floor);
    scene.demand(60);
    scene.step();
    scene.loop.defined(Policies.acting(floor, new Actuation.Metric()));
    scene.step();

    assertThat(scene.acts.released).containsExactly(floor);
    assertThat(scene.acts.acted).isNotEmpty();
  }

  @Test
  void giveBack_thatFails_isTriedUntilDone() {
    scene.loop.defined(CODER);
    scene.demand(60);
    scene.step();
    scene.acts.fails = true;
    scene.loop.removed(KEY);
    scene.pass(Duration.ofSeconds(30));
    assertThat(scene.acts.released).isEmpty();

    scene.acts.fails = false;
    scene.pass(Duration.ofSeconds(2));
    assertThat(scene.acts.released).extracting(PolicyDefinition::key).containsExactly(KEY);
  }

  @Test
  void decisions_comeOncePerPeriod_eachPolicyAtItsOwnMoment() {
    scene.demand(60);
    for (int i = 0; i < 200; i++) {
      scene.loop.defined(Policies.named("coder-" + i));
    }
    scene.pass(Duration.ofMinutes(2));
    Map<Instant, Integer> bySecond = new HashMap<>();
    Set<Integer> counts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<Instant> times =
          scene
              .board
              .history(new PolicyKey("agent-prod", "coder-" + i), scene.now.minusSeconds(59), 500)
              .stream()
              .map(record -> record.at())
              .toList();
      counts.add(times.size());
      times.forEach(at -> bySecond.merge(at, 1, Integer::sum));
    }
    assertThat(counts).containsOnly(4);
    assertThat(bySecond.values()).allMatch(atOnce -> atOnce < 30);
  }

  @Test
  void afterRestart_presentReplicasStay_untilDemandIsKnown() {
    scene.loop.defined(CODER);
    scene.target = Policies.target(17);
    scene.unknown("Prometheus does not answer");
    scene.step();

    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(17);
    assertThat(scene.latest(KEY).decision().served()).isInstanceOf(ServedDemand.Unknown.class);
    assertThat(scene.latest(KEY).decision().explanation().winner()).isEqualTo(Source.PRESENT);

    scene.demand(24);
    scene.step();
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(2);
  }

  @Test
  void restart_inEveryState_forgetsNothingThatMatters() {
    scene.loop.defined(CODER);
    for (Runnable state :
        List.<Runnable>of(
            () -> scene.demand(100),
            () -> scene.unknown("gone"),
            () -> scene.target = new TargetView.Unknown("not found"),
            () -> scene.hangs = true)) {
      state.run();
      scene.step();
      scene.restart();
      scene.loop.defined(CODER);
      scene.hangs = false;
      scene.target = Policies.target(9);
      scene.unknown("not known yet");
      scene.step();
      assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(9);
      scene.demand(100);
      scene.step();
      assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(9);
      scene.demand(120);
      scene.step();
      assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(10);
    }
  }

  @Test
  void prometheusGoneForAnHour_holdsThenIsUnknown_thenRecovers() {
    scene.loop.defined(CODER);
    scene.target = Policies.target(9);
    scene.demand(100);
    scene.step();
    assertThat(status(PolicyCondition.Type.DEMAND_KNOWN)).isEqualTo(PolicyCondition.Status.TRUE);

    scene.unknown("Prometheus refused the connection");
    scene.pass(Duration.ofMinutes(4));
    assertThat(scene.latest(KEY).decision().served())
        .isInstanceOfSatisfying(
            ServedDemand.Known.class,
            held -> {
              assertThat(held.demand()).isEqualTo(Quantity.of(100));
              assertThat(held.at()).as("its true time").isBefore(scene.now.minusSeconds(200));
            });
    assertThat(scene.condition(KEY, PolicyCondition.Type.DEMAND_KNOWN).reason()).isEqualTo("Held");

    scene.pass(Duration.ofMinutes(56));
    assertThat(scene.latest(KEY).decision().served())
        .isInstanceOfSatisfying(
            ServedDemand.Unknown.class,
            unknown -> assertThat(unknown.cause()).contains("refused the connection"));
    assertThat(scene.board.history(KEY)).allMatch(record -> record.decision().replicas() >= 9);

    scene.demand(48);
    scene.step();
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(4);
    assertThat(status(PolicyCondition.Type.DEMAND_KNOWN)).isEqualTo(PolicyCondition.Status.TRUE);
  }

  @Test
  void aQuestionThatHangs_isUnknownAfterAWhile_andItsLateAnswerIsNotBelieved() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.step();
    scene.hangs = true;
    scene.pass(Duration.ofSeconds(30));

    assertThat(scene.condition(KEY, PolicyCondition.Type.DEMAND_KNOWN).message())
        .contains("no answer within 10 s");
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(9);
  }

  @Test
  void targetUnknown_nothingIsDecided_andTheCauseIsTold() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.target = new TargetView.Unknown("Deployment coder is not there; create it");
    scene.step();

    assertThat(scene.snapshot(KEY).latest()).isEmpty();
    assertThat(scene.condition(KEY, PolicyCondition.Type.READY))
        .returns(PolicyCondition.Status.FALSE, PolicyCondition::status)
        .returns("Deployment coder is not there; create it", PolicyCondition::message);
    assertThat(scene.acts.acted).isEmpty();
  }

  @Test
  void conditions_keepTheTimeOfTheirLastChange() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.step();
    Instant since = scene.condition(KEY, PolicyCondition.Type.DEMAND_KNOWN).lastTransition();
    scene.pass(Duration.ofMinutes(5));
    assertThat(scene.condition(KEY, PolicyCondition.Type.DEMAND_KNOWN).lastTransition())
        .isEqualTo(since);

    scene.unknown("gone");
    scene.step();
    assertThat(scene.condition(KEY, PolicyCondition.Type.DEMAND_KNOWN).lastTransition())
        .isAfter(since);
  }

  @Test
  void limited_saysByWhat() {
    scene.loop.defined(CODER);
    scene.demand(1000);
    scene.step();

    assertThat(scene.condition(KEY, PolicyCondition.Type.LIMITED))
        .returns(PolicyCondition.Status.TRUE, PolicyCondition::status)
        .returns("Maximum", PolicyCondition::reason)
        .returns("40 replicas instead of 84: maxReplicas 40", PolicyCondition::message);
  }

  @Test
  void runsInFlight_keepTheReplicasTheyAreOn_butNeverMoreThanThereAre() {
    scene.loop.defined(Policies.protecting(CODER));
    scene.target = Policies.target(9);
    scene.least = Optional.of(new ScaleInGuard.Least(6, "6 pods have runs older than 1m"));
    scene.demand(12);
    scene.step();
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(6);
    assertThat(scene.latest(KEY).decision().served())
        .isInstanceOfSatisfying(
            ServedDemand.Known.class,
            served -> assertThat(served.demand()).isEqualTo(Quantity.of(72)));
    assertThat(scene.latest(KEY).decision().explanation().notes())
        .anyMatch(note -> note.contains("6 pods have runs older than 1m"));

    scene.target = Policies.target(3);
    scene.step();
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(3);
  }

  @Test
  void acting_showsInTheDecisionAndTheConditions() {
    scene.acts.outcome =
        new Actuator.Outcome(
            List.of("minReplicas of hpa/coder set to 9"),
            List.of(
                new PolicyCondition(
                    PolicyCondition.Type.FLOOR_HELD,
                    PolicyCondition.Status.TRUE,
                    "Held",
                    "minReplicas of hpa/coder is 9",
                    LoopScene.START)),
            List.of("maxReplicas of hpa/coder is 5"));
    scene.loop.defined(Policies.acting(CODER, new Actuation.ExactFloor()));
    scene.demand(100);
    scene.step();
    scene.step();

    assertThat(status(PolicyCondition.Type.FLOOR_HELD)).isEqualTo(PolicyCondition.Status.TRUE);
    assertThat(scene.snapshot(KEY).warnings()).contains("maxReplicas of hpa/coder is 5");
    assertThat(scene.board.history(KEY).getFirst().actions())
        .containsExactly("minReplicas of hpa/coder set to 9");
  }

  @Test
  void severalAutoscalers_areAConflict() {
    scene.target =
        new TargetView.Known(
            4,
            4,
            LabelSelector.EVERYTHING,
            List.of(Policies.autoscaler(1, 9, 4), Policies.autoscaler(2, 5, 4)),
            Optional.empty(),
            List.of());
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.step();

    assertThat(status(PolicyCondition.Type.CONFLICT)).isEqualTo(PolicyCondition.Status.TRUE);
  }

  @Test
  void twoReplicas_decideAlike_andOnlyTheLeaderActs() {
    PolicyBoard other = new PolicyBoard();
    PolicyLoop follower = scene.loop(other);
    scene.loop.defined(CODER);
    follower.defined(CODER);
    scene.demand(100);
    scene.loop.tick(scene.now);
    follower.tick(scene.now);
    for (int i = 0; i < 100; i++) {
      scene.now = scene.now.plusSeconds(1);
      scene.demand(100 + i);
      scene.loop.tick(scene.now);
      follower.tick(scene.now);
    }
    assertThat(other.history(KEY)).usingRecursiveComparison().isEqualTo(scene.board.history(KEY));

    scene.leads = false;
    scene.loop.act(scene.now);
    assertThat(scene.acts.acted).as("what waited is another one's to do").isEmpty();
    scene.leads = true;
    scene.loop.act(scene.now);
    assertThat(scene.acts.acted).isEmpty();
    scene.step();
    assertThat(scene.acts.acted).isNotEmpty();
  }

  @Test
  void duties_areTheLeaders_andNothingIsTakenForGoneBeforeAllIsTold() {
    scene.allTold = false;
    scene.loop.defined(CODER);
    scene.loop.refused(new PolicyKey("agent-prod", "odd"), "uid", 1, List.of("spec: is odd"));
    scene.pass(Duration.ofSeconds(1));
    assertThat(scene.duties.told).containsExactly("won");

    scene.allTold = true;
    scene.pass(Duration.ofSeconds(1));
    scene.leads = false;
    scene.pass(Duration.ofSeconds(2));
    assertThat(scene.duties.told.subList(1, 3))
        .satisfiesExactly(
            round -> assertThat(round).contains("agent-prod/coder", "agent-prod/odd"),
            lost -> assertThat(lost).isEqualTo("lost"));
    assertThat(scene.duties.told).hasSize(3);
  }

  @Test
  void oneBrokenPolicy_doesNotStopTheOthers() {
    scene.loop.defined(CODER);
    scene.loop.defined(Policies.named("reviewer"));
    scene.board.listen(
        new PolicyBoard.Listener() {
          @Override
          public void posted(io.agentscale.adapter.policy.PolicySnapshot snapshot) {
            if (snapshot.definition().key().equals(KEY) && snapshot.latest().isPresent()) {
              throw new IllegalStateException("planted");
            }
          }

          @Override
          public void removed(PolicyKey key) {}
        });
    scene.demand(100);
    scene.step();

    assertThat(scene.latest(new PolicyKey("agent-prod", "reviewer")).decision().replicas())
        .isEqualTo(9);
  }

  private PolicyCondition.Status status(PolicyCondition.Type type) {
    return scene.condition(KEY, type).status();
  }
}
