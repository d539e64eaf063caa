// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.policy.QueueStep.LastChange;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A step up costs a GPU and a step down minutes of cold start: thresholds and pauses are exact. */
final class QueueStepTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final QueueStep rule = QueueStep.DEFAULT;
  private LastChange state = rule.initialState();
  private int replicas = 2;

  @Test
  void stepsUpAboveTheThresholdOnly() {
    assertThat(at(0, 10)).isEqualTo(2);
    assertThat(at(0, 10.5)).isEqualTo(3);
  }

  @Test
  void stepsDownBelowTheThresholdOnly() {
    assertThat(at(0, 2)).isEqualTo(2);
    assertThat(at(0, 1.5)).isEqualTo(1);
  }

  @Test
  void waitsOutTheCooldown() {
    assertThat(at(0, 50)).isEqualTo(3);
    assertThat(at(119, 50)).isEqualTo(3);
    assertThat(at(120, 50)).isEqualTo(4);
  }

  @Test
  void staysWithinBounds_andAStepNotTakenStartsNoCooldown() {
    replicas = 4;
    assertThat(at(0, 50)).isEqualTo(4);
    assertThat(at(1, 0)).isEqualTo(3);
    replicas = 1;
    assertThat(at(600, 0)).isEqualTo(1);
  }

  @Test
  void outOfBounds_isMendedAtOnce() {
    replicas = 9;
    assertThat(at(0, 5)).isEqualTo(4);
  }

  private int at(int second, double backlog) {
    Load load = new Load(replicas, replicas, OptionalDouble.empty(), OptionalDouble.of(backlog));
    Recommendation<LastChange> next = rule.recommend(state, load, START.plusSeconds(second));
    state = next.state();
    replicas = next.replicas();
    return replicas;
  }
}
