// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A residual forgotten or kept twice would bend every band. */
final class ResidualsTest {
  @Test
  void quantile_equalsThatOfTheLastOnesSorted() {
    SplittableRandom random = new SplittableRandom(5);
    Residuals residuals = new Residuals(40);
    Deque<Float> last = new ArrayDeque<>();
    for (int i = 0; i < 500; i++) {
      // Few different values, so that equal ones are removed too.
      float residual = random.nextInt(-9, 10) / 4f;
      residuals.add(residual);
      last.addLast(residual);
      if (last.size() > 40) {
        last.removeFirst();
      }
      double[] sorted = last.stream().mapToDouble(Float::doubleValue).sorted().toArray();
      double position = 0.9 * (sorted.length - 1);
      int below = (int) position;
      int above = Math.min(below + 1, sorted.length - 1);
      double expected = sorted[below] + (position - below) * (sorted[above] - sorted[below]);

      assertThat(residuals.quantile(0.9)).isCloseTo(expected, within(1e-6));
      assertThat(residuals.quantile(1)).isEqualTo(sorted[sorted.length - 1]);
    }
  }
}
