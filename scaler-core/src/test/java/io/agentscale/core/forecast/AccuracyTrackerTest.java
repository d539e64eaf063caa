// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What was measured is kept between outcomes; it must never be older than the last of them. */
final class AccuracyTrackerTest {
  private static final List<Double> QUANTILES = List.of(0.5, 0.9);
  private static final Grid GRID = Grid.of(Duration.ofMinutes(5));

  private final SplittableRandom random = new SplittableRandom(3);

  private static AccuracyTracker tracker() {
    return new AccuracyTracker(QUANTILES, GRID);
  }

  private Projection made() {
    Projection made = new Projection(GRID, 1, QUANTILES.size());
    made.value = random.nextDouble(100);
    made.naive = random.nextDouble(100);
    made.seasonalNaive = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble(100);
    made.quantiles[0] = made.value;
    made.quantiles[1] = made.value + random.nextDouble(50);
    return made;
  }

  @Test
  void measured_askedOftenOrOnce_isTheSame() {
    for (int outcomes = 0; outcomes < 60; outcomes++) {
      AccuracyTracker often = tracker();
      AccuracyTracker once = tracker();
      for (int i = 0; i < outcomes; i++) {
        Projection made = made();
        double actual = random.nextDouble(120);
        often.learn(made, actual);
        once.learn(made, actual);
        assertThat(often.measured()).isEqualTo(often.measured());
      }
      assertThat(often.measured()).isEqualTo(once.measured());
    }
  }

  @Test
  void measured_restored_isThatOfTheState() {
    AccuracyTracker original = tracker();
    for (int i = 0; i < 30; i++) {
      original.learn(made(), random.nextDouble(120));
    }
    ByteArchive.Size size = new ByteArchive.Size();
    original.archive(size);
    ByteBuffer bytes = ByteBuffer.allocate(size.bytes());
    original.archive(new ByteArchive.Save(bytes));
    AccuracyTracker restored = tracker();
    assertThat(restored.measured().outcomes()).isZero();
    restored.archive(new ByteArchive.Restore(bytes.flip()));
    assertThat(restored.measured()).isEqualTo(original.measured());
  }
}
