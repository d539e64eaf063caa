// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Policies are ranked by these sums; each is checked against one done by hand. */
final class ScoreboardTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private final Scoreboard board = new Scoreboard();

  @Test
  void elasticity_isTheSumsOfTheDefinition() {
    board.fleet(0, 4, 4, 1);
    board.need(0, 4);
    board.begin(0);
    board.need(900, 8);
    board.fleet(1800, 10, 10, 1);
    board.advance(3600);
    Score.Elasticity elasticity = board.elasticity();
    // A quarter of the hour 4 of 8, a half 10 of 8.
    assertThat(elasticity.underTimePercent()).isCloseTo(25, EXACT);
    assertThat(elasticity.underProvisionPercent()).isCloseTo(12.5, EXACT);
    assertThat(board.replicas().shortHours()).isCloseTo(1, EXACT);
    assertThat(elasticity.overTimePercent()).isCloseTo(50, EXACT);
    assertThat(elasticity.overProvisionPercent()).isCloseTo(12.5, EXACT);
    assertThat(elasticity.jitterPerHour()).isCloseTo(0, EXACT);
    assertThat(elasticity.instabilityPercent()).isCloseTo(100.0 * 2 / 60, EXACT);
  }

  @Test
  void replicas_countPodsFromCreationToEnd() {
    board.fleet(0, 2, 2, 1);
    board.begin(0);
    board.fleet(1800, 6, 2, 2);
    board.fleet(2700, 6, 6, 2);
    board.advance(3600);
    Score.Replicas replicas = board.replicas();
    assertThat(replicas.replicaHours()).isCloseTo(4, EXACT);
    assertThat(replicas.readyHours()).isCloseTo(3, EXACT);
    assertThat(replicas.minimalHours()).isCloseTo(1, EXACT);
    assertThat(replicas.wastedHours()).isCloseTo(2, EXACT);
    assertThat(replicas.nodeHours()).isCloseTo(1.5, EXACT);
    assertThat(replicas.costRatio()).isCloseTo(4, EXACT);
    assertThat(replicas.most()).isEqualTo(6);
  }

  @Test
  void begin_forgetsTheWarmUp() {
    board.startWith(2);
    board.fleet(0, 9, 9, 1);
    board.ask(10, 9);
    board.begin(3600);
    board.advance(7200);
    assertThat(board.replicas().replicaHours()).isCloseTo(9, EXACT);
    assertThat(board.restlessness().scaleActions()).isZero();
  }

  @Test
  void flaps_areChangesOfDirectionWithinTenMinutes() {
    board.startWith(2);
    board.begin(0);
    board.ask(0, 4);
    board.ask(100, 6);
    board.ask(600, 5);
    board.ask(700, 5);
    board.ask(1250, 6);
    assertThat(board.restlessness()).isEqualTo(new Score.Restlessness(4, 1));
  }
}
