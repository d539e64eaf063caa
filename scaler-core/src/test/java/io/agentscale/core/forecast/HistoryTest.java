// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every feature is a look-up in here; a mean off by one bucket would show nowhere else. */
final class HistoryTest {
  private static History counting(int size) {
    History history = new History(50, 50);
    for (int i = 0; i < size; i++) {
      history.append((double) i * i);
    }
    return history;
  }

  @Test
  void mean_coversTheBucketsThatEndWithT() {
    History history = counting(200);

    assertThat(history.mean(199, 3)).isCloseTo(198, within(1e-9));
    assertThat(history.mean(160, 1)).isCloseTo(160, within(1e-9));
    assertThat(history.value(199)).isCloseTo(199.0 * 199, within(1e-6));
  }

  /** Three weeks of minutes, a day of them exact: means of ten minutes must hold all the way. */
  @Test
  void mean_ofWhatIsPacked_isCloseToTheTruth() {
    int day = 1440;
    History history = new History(day, 21 * day);
    SplittableRandom random = new SplittableRandom(17);
    double[] sums = new double[40 * day + 1];
    for (int t = 0; t < 40 * day; t++) {
      double root = 10 + 5 * Math.sin(2 * Math.PI * t / day) + random.nextDouble();
      history.append(root * root);
      sums[t + 1] = sums[t] + root;
    }
    for (int t = 40 * day - 1; t > 20 * day; t -= 7) {
      double truth = (sums[t + 1] - sums[t - 10]) / 11;
      assertThat(history.mean(t, 11)).isCloseTo(truth, within(0.025));
      assertThat(history.mean(t, day / 2)).isCloseTo(mean(sums, t, day / 2), within(1e-3));
    }
    assertThat(history.root(39 * day + 1)).isCloseTo(root(sums, 39 * day + 1), within(1e-5));
  }

  private static double mean(double[] sums, int t, int width) {
    return (sums[t + 1] - sums[t + 1 - width]) / width;
  }

  private static double root(double[] sums, int t) {
    return sums[t + 1] - sums[t];
  }

  @Test
  void mean_beforeTheBeginning_coversWhatThereIs() {
    assertThat(counting(5).mean(2, 10)).isCloseTo(1, within(1e-9));
  }

  @Test
  void around_looksNoFurtherThanTheLatest() {
    History history = counting(20);

    assertThat(history.around(10, 2, 19)).isCloseTo(10, within(1e-9));
    assertThat(history.around(10, 2, 10)).isCloseTo(9, within(1e-9));
    assertThat(history.around(0, 2, 19)).isCloseTo(1, within(1e-9));
  }

  @Test
  void isKnown_tellsStandInsApart() {
    History history = counting(3);
    history.appendUnknown(7);

    assertThat(history.isKnown(2)).isTrue();
    assertThat(history.isKnown(3)).isFalse();
    assertThat(history.isKnown(4)).isFalse();
    assertThat(history.isKnown(-1)).isFalse();
    assertThat(history.root(3)).isEqualTo(7);
  }

  @Test
  void plausible_neverNegativeSeries_staysSo() {
    History history = counting(11);

    assertThat(history.plausible(-3)).isZero();
    assertThat(history.plausible(10.5)).isEqualTo(10.5);
    assertThat(history.plausible(1e9)).isCloseTo(12, within(1e-9));
  }

  @Test
  void root_ofNegative_keepsItsSign() {
    assertThat(History.squared(History.rooted(-9))).isCloseTo(-9, within(1e-12));
  }
}
