// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.policy.Foresight;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Machines sleep and clocks are corrected. A loop that then waits for a time long past, believes a
 * sample from the future, or throws its history away fails when nobody looks.
 */
final class ClockJumpTest {
  private static final PolicyDefinition CODER =
      Policies.forecasting(Policies.coder(), Policies.PLAN);
  private static final PolicyKey KEY = CODER.key();

  private final LoopScene scene = new LoopScene();

  private void running() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.pass(Duration.ofHours(2));
  }

  @Test
  void setBackAnHour_goesOnDecidingAtOnce_onWhatIsMeasuredNow() {
    running();
    scene.now = scene.now.minus(Duration.ofHours(1));
    scene.demand(36);
    scene.pass(Duration.ofSeconds(31));

    DecisionRecord latest = scene.latest(KEY);
    assertThat(latest.at()).isBetween(scene.now.minusSeconds(16), scene.now);
    assertThat(latest.decision().replicas()).isEqualTo(3);
    assertThat(latest.decision().explanation().foresight())
        .as("nothing is foreseen from a time yet to come")
        .get()
        .extracting(foresight -> foresight.forecast().forecast())
        .isInstanceOf(Forecast.Unknown.class);

    scene.pass(Duration.ofMinutes(65));
    assertThat(foreseen())
        .as("and again once that time has come")
        .isInstanceOf(Forecast.Known.class);
  }

  @Test
  void setBack_whileDemandIsUnknown_holdsNoLongerThanItMay() {
    running();
    scene.now = scene.now.minus(Duration.ofHours(1));
    scene.unknown("gone");
    scene.pass(Duration.ofSeconds(31));
    assertThat(scene.latest(KEY).decision().replicas()).isGreaterThanOrEqualTo(4);

    scene.pass(Duration.ofMinutes(6));
    assertThat(scene.latest(KEY).decision().served())
        .isInstanceOf(io.agentscale.core.policy.ServedDemand.Unknown.class);
  }

  @Test
  void asleepForHours_decidesOnceAndLosesNoHistory() {
    running();
    int before = scene.board.history(KEY).size();
    scene.now = scene.now.plus(Duration.ofHours(5));
    scene.demand(100);
    scene.pass(Duration.ofSeconds(31));

    assertThat(scene.board.history(KEY).size() - before).isBetween(2, 3);
    assertThat(scene.latest(KEY).decision().replicas()).isEqualTo(9);

    scene.pass(Duration.ofMinutes(5));
    assertThat(foreseen())
        .isInstanceOfSatisfying(
            Forecast.Known.class,
            known ->
                assertThat(known.knowledge().history()).isGreaterThan(Duration.ofMinutes(110)));
  }

  @Test
  void aClockGoneMadForAMinute_losesNoHistory() {
    running();
    Instant sane = scene.now;
    scene.now = Instant.parse("2099-01-01T00:00:00Z");
    scene.demand(100);
    scene.pass(Duration.ofMinutes(1));
    scene.now = sane.plus(Duration.ofMinutes(1));
    scene.demand(100);
    scene.pass(Duration.ofMinutes(3));

    assertThat(foreseen())
        .isInstanceOfSatisfying(
            Forecast.Known.class,
            known ->
                assertThat(known.knowledge().history()).isGreaterThan(Duration.ofMinutes(110)));
    assertThat(scene.latest(KEY).at()).isBeforeOrEqualTo(scene.now);
  }

  private Forecast foreseen() {
    Foresight foresight = scene.latest(KEY).decision().explanation().foresight().orElseThrow();
    return foresight.forecast().forecast();
  }
}
