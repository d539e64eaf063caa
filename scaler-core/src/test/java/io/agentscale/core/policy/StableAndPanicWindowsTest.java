// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.policy.StableAndPanicWindows.Windows;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Two windows that disagree are the point: a jump must win at once, and calm must be proved. */
final class StableAndPanicWindowsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final StableAndPanicWindows rule =
      StableAndPanicWindows.withTarget(10, new ReplicaBounds(1, 50));
  private Windows state = rule.initialState();
  private int replicas = 1;
  private int second;

  @Test
  void steadyDemand_asksForTheAverage() {
    assertThat(during(120, 35)).isEqualTo(4);
    assertThat(state.panicSince()).isEmpty();
  }

  @Test
  void jump_isAnsweredByThePanicWindowAtOnce() {
    during(120, 10);
    assertThat(during(6, 100)).isEqualTo(10);
    assertThat(state.panicSince()).isPresent();
  }

  @Test
  void inPanic_theCountNeverFalls_untilAStableWindowIsCalm() {
    during(120, 10);
    during(6, 100);
    assertThat(during(50, 10)).isGreaterThanOrEqualTo(10);
    assertThat(during(60, 10)).isLessThan(10);
  }

  @Test
  void scalesDownByHalfAtMost() {
    replicas = 16;
    assertThat(during(1, 1)).isEqualTo(8);
  }

  @Test
  void samplesOlderThanTheStableWindow_areForgotten() {
    during(200, 30);
    assertThat(state.seen()).hasSize(60);
  }

  /** One step a second; replicas are ready as soon as they are asked for. */
  private int during(int seconds, double demand) {
    for (int i = 0; i < seconds; i++) {
      Load load = new Load(replicas, replicas, OptionalDouble.of(demand), OptionalDouble.empty());
      Recommendation<Windows> next = rule.recommend(state, load, START.plusSeconds(second++));
      state = next.state();
      replicas = next.replicas();
    }
    return replicas;
  }
}
