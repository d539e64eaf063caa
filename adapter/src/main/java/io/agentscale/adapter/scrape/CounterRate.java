// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How fast a counter grew between its first and its last sample.
 *
 * <p>{@code (sum of the increases) / (last - first)}. Where a sample is below the one before it,
 * the counter began again at zero, so the whole of the new value is increase: the reset rule of
 * Prometheus' {@code rate()}. Unlike {@code rate()}, nothing is guessed beyond the two outermost
 * samples.
 *
 * @param perSecond never negative for finite samples of a counter
 * @param at the time of the last sample
 * @param window from the first sample to the last
 */
record CounterRate(double perSecond, Instant at, Duration window) {

  /** The rate; absent with fewer than two samples. */
  static Optional<CounterRate> of(List<Sample> samples) {
    if (samples.size() < 2) {
      return Optional.empty();
    }
    double increase = 0;
    for (int i = 1; i < samples.size(); i++) {
      double before = samples.get(i - 1).value();
      double now = samples.get(i).value();
      increase += now < before ? now : now - before;
    }
    Instant last = samples.getLast().at();
    Duration window = Duration.between(samples.getFirst().at(), last);
    return Optional.of(new CounterRate(increase / (window.toNanos() / 1e9), last, window));
  }
}
