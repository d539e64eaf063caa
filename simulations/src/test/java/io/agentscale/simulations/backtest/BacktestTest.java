// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.trace.RateCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sentence at the end is what people repeat to each other: it must say which way things go. */
final class BacktestTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(30);

  private static Recording recording(double... values) {
    return new Recording(START, STEP, values);
  }

  private static Backtest backtest(double[] would, double... real) {
    Recording demand = recording(15, 15);
    Replicas first = new Replicas(recording(would), recording(would));
    Optional<Replicas> second =
        real.length == 0
            ? Optional.empty()
            : Optional.of(new Replicas(recording(real), recording(real)));
    Judge judge =
        new Judge(
            demand,
            second.map(each -> List.of(first, each)).orElse(List.of(first)),
            Quantity.of(10L),
            Optional.empty());
    return new Backtest(
        "prod/coder",
        "Deployment/coder",
        Quantity.of(10L),
        demand,
        judge.judge("coder", false, first, Optional.empty()),
        second.map(each -> judge.judge(Backtest.ACTUAL, true, each, Optional.empty())),
        judge.scoredPercent(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void plainly_saysWhichWay() {
    assertThat(backtest(new double[] {2, 2}, 1, 4).plainly())
        .isEqualTo(
            "coder would have used 20.0 % fewer replica-hours (2.0 instead of 2.5), and been short"
                + " for 0.0 min instead of 30.0 min.");
    assertThat(backtest(new double[] {1, 4}, 2, 2).plainly())
        .contains("25.0 % more replica-hours (2.5 instead of 2.0)")
        .contains("short for 30.0 min instead of 0.0 min");
    assertThat(backtest(new double[] {2, 2}, 2, 2).plainly()).contains("as many replica-hours");
    assertThat(backtest(new double[] {2, 2}, 0, 0).plainly())
        .contains("other replica-hours (2.0 instead of 0.0)");
    assertThat(backtest(new double[] {2, 2}).plainly())
        .isEqualTo("coder would have used 2.0 replica-hours, and been short for 0.0 min.");
  }

  @Test
  void recording_isReadByTimeAndAsTraffic_andOutsideNothingIsKnown() {
    Recording recording = recording(Double.NaN, 4, 0, Double.NaN);
    assertThat(recording.at(START.minusMillis(1))).isNaN();
    assertThat(recording.at(START.plus(STEP).minusMillis(1))).isNaN();
    assertThat(recording.at(START.plus(STEP))).isEqualTo(4);
    assertThat(recording.at(START.plus(STEP.multipliedBy(3)).minusMillis(1))).isZero();
    assertThat(recording.at(recording.end())).isNaN();
    assertThat(recording.firstKnown()).hasValue(1);
    assertThat(recording.knownPercent()).isEqualTo(50);
    Recording part = recording.from(START.plus(STEP));
    assertThat(part.start()).isEqualTo(START.plus(STEP));
    assertThat(part.steps()).isEqualTo(3);
    Recording again = Recording.of(part);
    assertThat(again.value(0)).isEqualTo(4);
    assertThat(again.value(2)).isNaN();
    try (RateCursor cursor = recording.open()) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.isKnown()).isFalse();
    }
  }
}
