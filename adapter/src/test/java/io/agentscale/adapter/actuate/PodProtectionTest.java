// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.ScaleIn;
import io.agentscale.adapter.policy.ScaleInGuard.Least;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wrong pod first, and an agent loses an hour of work. */
final class PodProtectionTest {
  private static final Instant TEN = Fixture.TEN;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Fixture fixture = new Fixture();
  private final Map<String, Runs> runs = new HashMap<>();

  @BeforeEach
  void workload() {
    fixture.putWorkload(3);
    fixture.putHpa(1, 40);
    fixture.minReplicas = 1;
    fixture.actuation = new Actuation.Metric();
    fixture.scaleIn = new ScaleIn(true, MINUTE);
    for (String name : new String[] {"idle", "busy", "old"}) {
      fixture.pod(name, Map.of());
    }
    runs.put("idle", new Runs(0, Optional.empty()));
    runs.put("busy", new Runs(1, Optional.of(Duration.ofSeconds(20))));
    runs.put("old", new Runs(1, Optional.of(MINUTE.multipliedBy(5))));
    fixture.runs = new Reading.Measured(runs);
    fixture.demand = OptionalDouble.of(5);
  }

  @Test
  void scaleInNear_theIdlestGoFirst_andThePodsAreTold() {
    Outcomes done = fixture.act(TEN);
    assertThat(fixture.cost("idle")).isEqualTo("none");
    assertThat(fixture.cost("busy")).isEqualTo("10");
    assertThat(fixture.cost("old")).isEqualTo("13");
    assertThat(done.outcome().actions())
        .containsExactly(
            "deletion costs of 2 pods changed: 2 of 3 pods are busy and go last,"
                + " 2 runs in flight");
    assertThat(fixture.actuator.figures().protectedPods()).isEqualTo(2);
  }

  @Test
  void noScaleInNear_nothingIsWritten() {
    fixture.demand = OptionalDouble.of(36);
    fixture.act(TEN);
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void onlyChangedOnes_andNotTooOften() {
    fixture.act(TEN);
    fixture.cluster.writes.clear();
    fixture.act(TEN.plusSeconds(15));
    runs.put("busy", new Runs(4, Optional.empty()));
    fixture.runs = new Reading.Measured(runs);
    fixture.act(TEN.plusSeconds(29));
    assertThat(fixture.cluster.writes).isEmpty();
    fixture.act(TEN.plusSeconds(45));
    assertThat(fixture.cluster.writes).containsExactly("merge " + Fixture.pathOfPod("busy"));
    assertThat(fixture.cost("busy")).isEqualTo("40");
  }

  @Test
  void manyPods_areWrittenInBatches_theBusiestFirst() {
    for (int i = 0; i < 120; i++) {
      fixture.pod("p" + i, Map.of());
      runs.put("p" + i, new Runs(1 + i, Optional.empty()));
    }
    fixture.runs = new Reading.Measured(runs);
    fixture.act(TEN);
    assertThat(fixture.cluster.writes).hasSize(PodProtection.BATCH);
    assertThat(fixture.cost("p119")).isEqualTo("1200");
    assertThat(fixture.cost("p0")).isEqualTo("none");
  }

  @Test
  void scaleInOver_costsAreRemoved() {
    fixture.act(TEN);
    fixture.demand = OptionalDouble.of(36);
    fixture.act(TEN.plusSeconds(60));
    assertThat(fixture.cost("busy")).isEqualTo("10");
    fixture.act(TEN.plusSeconds(120));
    assertThat(fixture.cost("busy")).isEqualTo("none");
    assertThat(fixture.cost("old")).isEqualTo("none");
  }

  @Test
  void leftBehindByAnEarlierProcess_isRemoved_withThePolicyOrWithout() {
    fixture.act(TEN);
    fixture.restart();
    fixture.demand = OptionalDouble.of(36);
    fixture.act(TEN.plusSeconds(15));
    assertThat(fixture.cost("busy")).isEqualTo("none");

    fixture.demand = OptionalDouble.of(5);
    fixture.act(TEN.plusSeconds(30));
    assertThat(fixture.cost("busy")).isEqualTo("10");
    fixture.restart();
    fixture.actuator.sweep(Set.of(), TEN.plusSeconds(60));
    assertThat(fixture.cost("busy")).isEqualTo("none");
  }

  @Test
  void unknownPod_countsAsTheBusiest_andAnothersCostIsLeft() {
    fixture.pod("unknown", Map.of());
    fixture.pod("theirs", Map.of());
    fixture.cluster.edit(
        "user",
        Fixture.pathOfPod("theirs"),
        "{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"-5\"}}}");
    Outcomes done = fixture.act(TEN);
    assertThat(fixture.cost("unknown")).isEqualTo("13");
    assertThat(fixture.cost("theirs")).isEqualTo("-5");
    assertThat(done.outcome().warnings())
        .containsExactly("pod theirs has a deletion cost of its own: left");
  }

  @Test
  void runsNotKnown_writesNothing_andSaysSo() {
    fixture.runs = new Reading.Unknown("no answer");
    assertThat(fixture.act(TEN).outcome().warnings())
        .containsExactly("protectBusyPods: runs in flight are not known now: no answer");
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void statefulSet_isToldThatItHasNoEffect() {
    fixture.kind = "StatefulSet";
    assertThat(fixture.act(TEN).outcome().warnings().getFirst())
        .contains("has no effect on which pods of a StatefulSet go");
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void podGoneMeanwhile_isNoFailure() {
    fixture.cluster.delete(Fixture.pathOfPod("old"));
    fixture.act(TEN);
    assertThat(fixture.cost("busy")).isEqualTo("10");
    assertThat(fixture.actuator.figures().failures()).isZero();
  }

  @Test
  void guard_keepsOneReplicaForEachLongRun_andAllWhileUnknown() {
    assertThat(least()).contains(1);
    runs.put("busy", new Runs(1, Optional.empty()));
    fixture.runs = new Reading.Measured(runs);
    assertThat(least()).contains(2);
    fixture.runs = new Reading.Unknown("no answer");
    assertThat(least()).contains(3);
    fixture.runs = new Reading.NotMeasured("query");
    assertThat(least()).isEmpty();
    fixture.runs = new Reading.Measured(Map.of("idle", new Runs(0, Optional.empty())));
    assertThat(least()).contains(2);
    fixture.scaleIn = ScaleIn.UNPROTECTED;
    assertThat(least()).isEmpty();
  }

  private Optional<Integer> least() {
    return fixture
        .actuator
        .guard()
        .least(fixture.policy(), fixture.view(), TEN)
        .map(Least::replicas);
  }
}
