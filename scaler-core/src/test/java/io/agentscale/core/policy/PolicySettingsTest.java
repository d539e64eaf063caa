// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A setting that makes no sense must be refused by name, before it decides anything. */
final class PolicySettingsTest {
  private static final PolicySettings GOOD = PolicyFixture.settings();

  record Case(String message, ThrowingCallable refused) {}

  static Stream<Case> refusals() {
    return Stream.of(
        new Case(
            "perReplica: must be a finite number above 0, was: 0.0",
            () -> PolicySettings.of(Quantity.ZERO, PolicyFixture.plan(1, 2))),
        new Case(
            "hold: must not be negative, was: PT-1S", () -> GOOD.withHold(Duration.ofSeconds(-1))),
        new Case("tolerance: must be in [0, 1), was: 1.0", () -> GOOD.withTolerance(1)),
        new Case("tolerance: must be in [0, 1), was: NaN", () -> GOOD.withTolerance(Double.NaN)),
        new Case(
            "quantile: must be between 0 and 1, was: 1.0",
            () -> new ForecastUse(1, new SkillGate(0))),
        new Case("headroom: must be from 0 to 1000 %, was: -1", () -> new Headroom.Percent(-1)),
        new Case(
            "headroom: must not be negative, was: -1m",
            () -> new Headroom.Absolute(Quantity.ofMilli(-1))),
        new Case(
            "tokensPerMinute: must be a finite number above 0, was: 0.0",
            () -> new Quota(Quantity.ZERO)),
        new Case(
            "tokensPerMinutePerReplica: must be a finite number above 0, was: 0.0",
            () -> new Quota(Quantity.of(1), Optional.of(Quantity.ZERO))),
        new Case(
            "tokensPerMinute: must not be negative, was: -1",
            () -> new TokenUse(Quantity.of(-1), Instant.EPOCH, "test")),
        new Case(
            "demand: must not be negative, was: -1",
            () -> new LiveDemand.Known(Quantity.of(-1), Instant.EPOCH, "test")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void construct_badSetting_namesItTheRuleAndTheValue(Case c) {
    assertThatThrownBy(c.refused)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(c.message);
  }

  /** An amount in binary is never exact: 24.6 must not become 24.601 and cost a replica. */
  @Test
  void amounts_areRoundedUpToThousandths_butNotForTheirBinaryForm() {
    assertThat(Capacity.roundedUp(24.0001)).isEqualTo(Quantity.ofMilli(24_001));
    for (int milli = 0; milli < 100_000; milli++) {
      assertThat(Capacity.roundedUp(milli / 1000.0).milli()).isEqualTo(milli);
    }
  }

  @Test
  void hugeDemand_saturatesInsteadOfWrapping() {
    assertThat(new Headroom.Percent(50).above(Quantity.MAX)).isEqualTo(Quantity.MAX);
    assertThat(new Headroom.Absolute(Quantity.MAX).above(Quantity.of(1))).isEqualTo(Quantity.MAX);
    assertThat(Capacity.forDemand(Quantity.MAX, Quantity.ofMilli(1)).replicas())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(Capacity.ofReplicas(Integer.MAX_VALUE, Quantity.MAX).demand())
        .isEqualTo(Quantity.MAX);
  }
}
