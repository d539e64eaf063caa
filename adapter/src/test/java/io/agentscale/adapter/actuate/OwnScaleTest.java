// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A GPU started twice, or taken away in the pause, is what a forgotten change costs. */
final class OwnScaleTest {
  private static final Instant TEN = Fixture.TEN;

  private final Fixture fixture = new Fixture();

  @BeforeEach
  void workload() {
    fixture.putWorkload(2);
    fixture.minReplicas = 1;
    fixture.maxReplicas = 4;
    fixture.actuation =
        new Actuation.OwnScale(
            new QueueStep(10, 2, new ReplicaBounds(1, 4), Duration.ofMinutes(2)));
    fixture.demand = OptionalDouble.of(50);
  }

  @Test
  void backlog_addsOne_thenPauses_acrossARestart() {
    fixture.act(TEN);
    assertThat(fixture.replicas()).isEqualTo(3);
    fixture.restart();
    fixture.act(TEN.plusSeconds(119));
    assertThat(fixture.replicas()).isEqualTo(3);
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.replicas()).isEqualTo(4);
    fixture.act(TEN.plusSeconds(300));
    assertThat(fixture.replicas()).isEqualTo(4);
  }

  @Test
  void clockSetBack_pausesNoLongerThanOnce() {
    fixture.act(TEN);
    Instant before = TEN.minus(Duration.ofDays(300));
    fixture.restart();
    fixture.act(before);
    fixture.act(before.plusSeconds(240));
    assertThat(fixture.replicas()).isEqualTo(3);
  }

  @Test
  void unknownBacklog_changesNothing() {
    fixture.demand = OptionalDouble.empty();
    fixture.act(TEN);
    assertThat(fixture.replicas()).isEqualTo(2);
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void schedule_boundsTheRule() {
    fixture.demand = OptionalDouble.of(0);
    fixture.during(Target.floor(4));
    fixture.act(TEN);
    assertThat(fixture.replicas()).isEqualTo(4);
    fixture.act(TEN.plusSeconds(600));
    assertThat(fixture.replicas()).isEqualTo(4);
    fixture.schedules = List.of();
    fixture.act(TEN.plusSeconds(1200));
    assertThat(fixture.replicas()).isEqualTo(3);
  }

  @Test
  void longRuns_keepTheirReplicas() {
    fixture.scaleIn = new ScaleIn(true, Duration.ofMinutes(1));
    Runs aged = new Runs(1, Optional.of(Duration.ofMinutes(3)));
    fixture.runs = new Reading.Measured(Map.of("a", aged, "b", aged));
    fixture.demand = OptionalDouble.of(0);
    fixture.act(TEN);
    assertThat(fixture.replicas()).isEqualTo(2);
    fixture.runs = new Reading.Measured(Map.of("a", aged, "b", new Runs(0, Optional.empty())));
    fixture.act(TEN.plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
  }

  @Test
  void anAutoscalerBesides_isAConflict_andNothingIsWritten() {
    fixture.putHpa(1, 4);
    Outcomes done = fixture.act(TEN);
    assertThat(done.conflict().status()).isEqualTo(Status.TRUE);
    assertThat(done.conflict().message()).contains("prod/coder-hpa scales the workload as well");
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void previewAndPause_writeNothing() {
    for (Mode mode : List.of(Mode.PREVIEW, Mode.PAUSED)) {
      fixture.mode = mode;
      fixture.act(TEN);
    }
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void watchThatLags_addsNoSecondReplica() {
    var stale = fixture.view();
    fixture.act(TEN);
    fixture.act(stale, TEN.plusSeconds(30));
    assertThat(fixture.replicas()).isEqualTo(3);
  }

  @Test
  void killedBetweenNoteAndChange_costsAPause_notASecondStep() {
    fixture.cluster.killAfterWrites = 1;
    try {
      fixture.act(TEN);
    } catch (FakeCluster.Killed killed) {
      fixture.restart();
    }
    assertThat(fixture.replicas()).isEqualTo(2);
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.replicas()).isEqualTo(2);
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.replicas()).isEqualTo(3);
  }
}
