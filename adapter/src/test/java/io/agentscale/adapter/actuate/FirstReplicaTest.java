// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A workload put to sleep with work in flight loses it; one that never wakes serves nobody. */
final class FirstReplicaTest {
  private static final Instant TEN = Fixture.TEN;
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final Fixture fixture = new Fixture();

  @BeforeEach
  void workload() {
    fixture.putWorkload(1);
    fixture.putHpa(1, 40);
    fixture.minReplicas = 0;
    fixture.actuation = new Actuation.Metric();
    fixture.activation = Optional.of(new Activation(Quantity.of(2), IDLE));
    fixture.demand = OptionalDouble.of(0);
  }

  private void actFor(Duration time, Instant from) {
    for (Instant at = from; !at.isAfter(from.plus(time)); at = at.plusSeconds(15)) {
      fixture.act(at);
    }
  }

  private void sleep() {
    actFor(IDLE, TEN);
    assertThat(fixture.replicas()).isZero();
  }

  @Test
  void lastReplica_goesAfterTheIdleTime_andNotBefore() {
    actFor(IDLE.minusSeconds(15), TEN);
    assertThat(fixture.replicas()).isEqualTo(1);
    fixture.act(TEN.plus(IDLE));
    assertThat(fixture.replicas()).isZero();
    assertThat(fixture.isHeld()).isTrue();
  }

  @Test
  void demandAtTheThreshold_isIdle_andAboveItIsNot() {
    fixture.demand = OptionalDouble.of(2.001);
    actFor(IDLE.multipliedBy(2), TEN);
    assertThat(fixture.replicas()).isEqualTo(1);
    fixture.demand = OptionalDouble.of(2);
    actFor(IDLE, TEN.plus(Duration.ofMinutes(11)));
    assertThat(fixture.replicas()).isZero();
  }

  @Test
  void unknownDemand_neverLeadsToZero_andStartsTheIdleTimeAgain() {
    fixture.demand = OptionalDouble.empty();
    actFor(Duration.ofHours(1), TEN);
    assertThat(fixture.replicas()).isEqualTo(1);

    fixture.demand = OptionalDouble.of(0);
    actFor(IDLE.minusSeconds(15), TEN.plus(Duration.ofHours(2)));
    fixture.demand = OptionalDouble.empty();
    fixture.act(TEN.plus(Duration.ofHours(2)).plus(IDLE));
    fixture.demand = OptionalDouble.of(0);
    fixture.act(TEN.plus(Duration.ofHours(2)).plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
  }

  @Test
  void runsInFlightOrUnknown_keepTheLastReplica() {
    for (Reading reading :
        new Reading[] {
          new Reading.Unknown("no answer"),
          new Reading.Measured(Map.of("a", new Runs(1, Optional.empty()))),
          new Reading.Measured(Map.of())
        }) {
      fixture.runs = reading;
      actFor(IDLE.multipliedBy(2), TEN);
      assertThat(fixture.replicas()).isEqualTo(1);
    }
    fixture.runs = new Reading.Measured(Map.of("a", new Runs(0, Optional.empty())));
    sleep();
  }

  @Test
  void moreReplicasThanTheAutoscalersMinimum_areItsOwnToTakeAway() {
    fixture.putWorkload(3);
    actFor(IDLE.multipliedBy(2), TEN);
    assertThat(fixture.replicas()).isEqualTo(3);
  }

  @Test
  void demandAboveTheThreshold_wakesAtOnce() {
    sleep();
    fixture.demand = OptionalDouble.of(3);
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
    assertThat(fixture.isHeld()).isFalse();
  }

  @Test
  void unknownDemandOrTooLittle_keepsAsleep() {
    sleep();
    fixture.demand = OptionalDouble.of(2);
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    fixture.demand = OptionalDouble.empty();
    fixture.act(TEN.plus(IDLE).plusSeconds(30));
    assertThat(fixture.replicas()).isZero();
  }

  @Test
  void scheduleThatOpens_wakes() {
    sleep();
    fixture.during(Target.floor(4));
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
  }

  @Test
  void scheduleThatAllowsNone_sleepsAtOnce_andDemandDoesNotWake() {
    fixture.during(Target.ceiling(0));
    fixture.demand = OptionalDouble.of(100);
    fixture.act(TEN);
    assertThat(fixture.replicas()).isZero();
    actFor(IDLE, TEN.plusSeconds(15));
    assertThat(fixture.replicas()).isZero();
  }

  @Test
  void kedaOwnsIt_nothingIsWritten() {
    fixture.cluster.delete(Fixture.HPA);
    fixture.cluster.put(
        Fixture.SCALED_OBJECT,
        "{\"kind\":\"ScaledObject\",\"spec\":{\"scaleTargetRef\":{\"name\":\"coder\"}}}");
    actFor(IDLE.multipliedBy(2), TEN);
    assertThat(fixture.replicas()).isEqualTo(1);
    assertThat(fixture.cluster.writes).isEmpty();
  }

  @Test
  void pausedOrDeletedWhileAsleep_wakes() {
    sleep();
    fixture.mode = Mode.PAUSED;
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
    assertThat(fixture.isHeld()).isFalse();
    // From then on the user may want none.
    fixture.cluster.edit("kubectl-scale", Fixture.DEPLOYMENT, "{\"spec\":{\"replicas\":0}}");
    fixture.act(TEN.plus(IDLE).plusSeconds(30));
    assertThat(fixture.replicas()).isZero();
  }

  @Test
  void deletedWhileNobodyLooked_wakes() {
    sleep();
    fixture.restart();
    fixture.actuator.sweep(Set.of(), TEN.plus(IDLE).plusSeconds(60));
    assertThat(fixture.replicas()).isEqualTo(1);
    assertThat(fixture.isHeld()).isFalse();
  }

  @Test
  void restartWhileAsleep_staysAsleep_andWakesOnDemand() {
    sleep();
    fixture.restart();
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isZero();
    fixture.demand = OptionalDouble.of(50);
    fixture.act(TEN.plus(IDLE).plusSeconds(30));
    assertThat(fixture.replicas()).isEqualTo(1);
  }

  @Test
  void heldFloorAndSleep_areRememberedTogether() {
    fixture.actuation = new Actuation.ExactFloor();
    fixture.putHpa(3, 40);
    fixture.putWorkload(3);
    sleep();
    fixture.during(Target.floor(10));
    fixture.act(TEN.plus(IDLE).plusSeconds(15));
    assertThat(fixture.replicas()).isEqualTo(1);
    assertThat(fixture.min()).isEqualTo(10);
    fixture.actuation = new Actuation.Metric();
    fixture.act(TEN.plus(IDLE).plusSeconds(30));
    assertThat(fixture.min()).isEqualTo(3);
    assertThat(fixture.isHeld()).isFalse();
  }
}
