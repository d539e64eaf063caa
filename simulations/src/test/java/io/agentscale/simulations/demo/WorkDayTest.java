// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A past unlike the load would teach the forecast nothing; one from the future would cheat. */
final class WorkDayTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T07:30:00Z");
  private static final Duration STEP = Duration.ofMinutes(5);

  private final WorkDay shape = new WorkDay(1, BEGIN);

  @Test
  void rate_neverExceedsTheHighest_andIsPositive() {
    Instant monthLater = BEGIN.plus(Duration.ofDays(30));
    for (Instant at = BEGIN; at.isBefore(monthLater); at = at.plus(STEP)) {
      assertThat(shape.runsPerSecond(at)).isPositive();
      assertThat(shape.runsPerSecond(at)).isLessThanOrEqualTo(WorkDay.highestRunsPerSecond());
    }
  }

  @Test
  void day_risesAtNine_andDaysAreAlikeButNotTheSame() {
    Instant early = BEGIN.plus(Duration.ofMinutes(30));
    Instant busy = BEGIN.plus(Duration.ofHours(3));

    assertThat(shape.runsPerSecond(busy)).isGreaterThan(5 * shape.runsPerSecond(early));
    double nextDay = shape.runsPerSecond(busy.plus(Duration.ofDays(1)));
    assertThat(nextDay)
        .isNotEqualTo(shape.runsPerSecond(busy))
        .isCloseTo(shape.runsPerSecond(busy), within(0.3 * nextDay));
  }

  @Test
  void daysBefore_endWhenTheDemoBegins_andAreTheLoadsOwnShape() {
    List<Sample> week = history(BEGIN.minus(Duration.ofDays(7)), BEGIN.plus(Duration.ofHours(3)));

    assertThat(week).hasSize(7 * 24 * 12);
    assertThat(week).allSatisfy(sample -> assertThat(sample.at()).isBefore(BEGIN));
    double told = week.stream().mapToDouble(Sample::value).average().orElseThrow();
    double expected =
        week.stream()
            .mapToDouble(s -> shape.runsPerSecond(s.at()) * AgentRun.MEAN.toMillis() / 1000.0)
            .average()
            .orElseThrow();
    assertThat(told).isCloseTo(expected, within(0.02 * expected));
    assertThat(history(BEGIN.minus(Duration.ofDays(7)), BEGIN)).isEqualTo(week);
  }

  private List<Sample> history(Instant from, Instant to) {
    PolicyDefinition anyPolicy = DemoPolicies.predicting();
    return new DaysBefore(shape, 1, BEGIN)
        .read(anyPolicy, from, to, STEP)
        .toCompletableFuture()
        .join();
  }
}
