// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.time.Duration;

/**
 * How often and how patiently pods are scraped.
 *
 * @param interval between two scrapes of one pod
 * @param deadline for one scrape, to its last byte
 * @param staleness after which the last value is no longer believed
 * @param history how far back samples are kept; the longest window a rate can have
 * @param maxConcurrent scrapes under way at once
 * @param maxBodyBytes the largest exposition read, after decompression
 */
public record ScrapeConfig(
    Duration interval,
    Duration deadline,
    Duration staleness,
    Duration history,
    int maxConcurrent,
    long maxBodyBytes) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
  public static final Duration DEFAULT_HISTORY = Duration.ofMinutes(2);
  private static final int DEFAULT_MAX_CONCURRENT = 16;
  private static final long DEFAULT_MAX_BODY_BYTES = 16L << 20;

  public ScrapeConfig {
    require(
        interval.compareTo(Duration.ofMillis(100)) >= 0,
        "interval: must be at least 100 ms, was: " + interval);
    require(
        deadline.isPositive() && deadline.compareTo(interval) <= 0,
        "deadline: must be positive and at most the interval " + interval + ", was: " + deadline);
    require(
        staleness.compareTo(interval) >= 0,
        "staleness: must be at least the interval " + interval + ", was: " + staleness);
    require(
        history.compareTo(interval.multipliedBy(2)) >= 0,
        "history: must be at least two intervals of " + interval + ", was: " + history);
    require(maxConcurrent > 0, "maxConcurrent: must be positive, was: " + maxConcurrent);
    require(maxBodyBytes > 0, "maxBodyBytes: must be positive, was: " + maxBodyBytes);
  }

  /** The defaults at one interval: stale after three of them, a deadline of 3 s at most. */
  public static ScrapeConfig every(Duration interval) {
    Duration patience = Duration.ofSeconds(3);
    Duration memory = interval.multipliedBy(4);
    return new ScrapeConfig(
        interval,
        interval.compareTo(patience) < 0 ? interval : patience,
        interval.multipliedBy(3),
        memory.compareTo(DEFAULT_HISTORY) > 0 ? memory : DEFAULT_HISTORY,
        DEFAULT_MAX_CONCURRENT,
        DEFAULT_MAX_BODY_BYTES);
  }

  /** The defaults. */
  public static ScrapeConfig defaults() {
    return every(DEFAULT_INTERVAL);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
