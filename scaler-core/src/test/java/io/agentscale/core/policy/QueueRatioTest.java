// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dispatchers size their pools by this ratio; an off-by-one is a worker too few. */
final class QueueRatioTest {
  record Case(String name, double backlog, int expected) {}

  static Stream<Case> recommend() {
    return Stream.of(
        new Case("empty queue keeps the minimum", 0, 1),
        new Case("one task", 1, 1),
        new Case("exactly one replica's share", 5, 1),
        new Case("one task over", 6, 2),
        new Case("fractions round up", 5.001, 2),
        new Case("at the maximum", 500, 100),
        new Case("far beyond the maximum", 1e18, 100));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void recommend(Case c) {
    Load load = new Load(3, 3, OptionalDouble.empty(), OptionalDouble.of(c.backlog));
    QueueRatio rule = QueueRatio.DEFAULT;
    assertThat(rule.recommend(rule.initialState(), load, Instant.EPOCH).replicas())
        .isEqualTo(c.expected);
  }

  @Test
  void construct_zeroPerReplica_namesTheSetting() {
    assertThatThrownBy(() -> new QueueRatio(0, new ReplicaBounds(1, 2)))
        .hasMessage("perReplica: must be a finite number above 0, was: 0.0");
  }

  @Test
  void load_notANumber_isRefusedRatherThanTakenAsZero() {
    assertThatThrownBy(() -> new Load(1, 1, OptionalDouble.of(Double.NaN), OptionalDouble.empty()))
        .hasMessageStartingWith("demand: must be a finite number");
  }
}
