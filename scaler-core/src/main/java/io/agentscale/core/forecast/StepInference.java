// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the step of a series from its first samples: their median distance, rounded up to a usual
 * width.
 *
 * <p>Nine samples decide: a few repeated or missing ones do not move the median of eight distances.
 */
final class StepInference {
  static final int SAMPLES = 9;
  private static final long[] USUAL_SECONDS = {60, 120, 300, 600, 900, 1800, 3600, 7200, 10800};

  private final long[] seconds = new long[SAMPLES];
  private final double[] values = new double[SAMPLES];
  private long count;

  void add(long second, double value) {
    seconds[(int) count] = second;
    values[(int) count] = value;
    count++;
  }

  int count() {
    return (int) count;
  }

  long second(int i) {
    return seconds[i];
  }

  double value(int i) {
    return values[i];
  }

  /** Returns the step, once there are samples enough. */
  Optional<Duration> step() {
    if (count < SAMPLES) {
      return Optional.empty();
    }
    long[] distances = new long[SAMPLES - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = seconds[i + 1] - seconds[i];
    }
    Arrays.sort(distances);
    // The upper median; a tenth of slack, since scrapes are never quite on time.
    double median = distances[distances.length / 2] * 0.9;
    long usual = USUAL_SECONDS[USUAL_SECONDS.length - 1];
    for (int i = USUAL_SECONDS.length - 1; i >= 0 && USUAL_SECONDS[i] >= median; i--) {
      usual = USUAL_SECONDS[i];
    }
    return Optional.of(Duration.ofSeconds(usual));
  }

  void archive(Archive archive) {
    archive.of(seconds);
    archive.of(values);
    count = archive.of(count);
  }
}
