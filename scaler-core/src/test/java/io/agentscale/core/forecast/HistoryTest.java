// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Every feature is a look-up in here; a mean off by one bucket would show nowhere else. */
final class HistoryTest {
  private static History counting(int size) {
    History history = new History(50);
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
