// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A verdict that counted what nobody knows, or one side otherwise than the other, would be none.
 */
final class JudgeTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final Quantity TEN = Quantity.of(10L);
  private static final double UNKNOWN = Double.NaN;

  private static Recording recording(double... values) {
    return new Recording(START, STEP, values);
  }

  private static Replicas replicas(double... ready) {
    return new Replicas(recording(ready), recording(ready));
  }

  private static Judged judge(Recording demand, Replicas replicas, Replicas... others) {
    List<Replicas> compared = new ArrayList<>(List.of(others));
    compared.add(replicas);
    return new Judge(demand, compared, TEN, Optional.of(0.5))
        .judge("policy", false, replicas, Optional.empty());
  }

  @Test
  void scores_areThoseOfHandArithmetic() {
    Judged judged = judge(recording(5, 25, 31, 40), replicas(1, 2, 4, 5));
    BacktestScores scores = judged.scores();
    assertThat(scores.replicaHours()).isEqualTo(3);
    assertThat(scores.money()).isEqualTo(1.5);
    // The least would have been 1, 3, 4 and 4.
    assertThat(scores.minimalHours()).isEqualTo(3);
    assertThat(scores.costRatio()).isEqualTo(1);
    assertThat(scores.shortMinutes()).isEqualTo(15);
    assertThat(scores.shortTimePercent()).isEqualTo(25);
    assertThat(scores.shortDemandPercent()).isEqualTo(4.9505, within(1e-9));
    assertThat(scores.overTimePercent()).isEqualTo(25);
    assertThat(scores.wastedHours()).isEqualTo(0.25);
    assertThat(scores.mostReplicas()).isEqualTo(5);
    assertThat(scores.scaleActions()).isEqualTo(3);
    assertThat(scores.flaps()).isZero();
    assertThat(scores.forecastSkill()).isNull();
    assertThat(judged.worst()).contains(new Shortage(START.plus(STEP), 25, 2, 20));
  }

  @Test
  void unknownSteps_countForNobody() {
    Recording demand = recording(20, UNKNOWN, 20, 20, 20);
    Replicas would = replicas(1, 9, 2, 2, 2);
    Replicas real = replicas(2, 2, 2, UNKNOWN, 2);
    Judge judge = new Judge(demand, List.of(would, real), TEN, Optional.empty());
    assertThat(judge.scoredPercent()).isEqualTo(60);
    BacktestScores scores = judge.judge("policy", false, would, Optional.empty()).scores();
    assertThat(scores.replicaHours()).isEqualTo(1.25);
    assertThat(scores.minimalHours()).isEqualTo(1.5);
    assertThat(scores.shortMinutes()).isEqualTo(15);
    assertThat(scores.mostReplicas()).isEqualTo(2);
    assertThat(scores.money()).isNull();
    assertThat(judge.judge("real", true, real, Optional.empty()).scores().shortMinutes()).isZero();
  }

  @Test
  void changesLongApart_areNoFlapBecauseOfAGapBetween() {
    Recording demand = recording(20, 20, UNKNOWN, UNKNOWN, 20, 20);
    assertThat(judge(demand, replicas(2, 3, 3, 3, 2, 2)).scores().flaps()).isZero();
    Recording fine = new Recording(START, Duration.ofMinutes(1), new double[] {20, 20, 20});
    Recording back = new Recording(START, Duration.ofMinutes(1), new double[] {2, 3, 2});
    Replicas restless = new Replicas(back, back);
    assertThat(judge(fine, restless).scores().flaps()).isEqualTo(1);
  }

  @Test
  void theLeast_isCountedAsPoliciesDo() {
    assertThat(Judge.needed(0, TEN)).isEqualTo(1);
    assertThat(Judge.needed(20, TEN)).isEqualTo(2);
    assertThat(Judge.needed(20.0001, TEN)).isEqualTo(3);
    assertThat(Judge.needed(1.1, Quantity.parse("100m"))).isEqualTo(11);
    assertThat(Judge.needed(UNKNOWN, TEN)).isNaN();
  }
}
