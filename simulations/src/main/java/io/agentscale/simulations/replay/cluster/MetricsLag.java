// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import java.time.Duration;

/**
 * How late and how smooth autoscalers see the load.
 *
 * @param scrapeInterval how often pods are measured, in whole seconds
 * @param rateWindow what rates are means over (CPU, requests, tokens, latency), a multiple of it
 * @param refresh how long a measurement takes from the pod to the answer of the metrics API
 */
public record MetricsLag(Duration scrapeInterval, Duration rateWindow, Duration refresh) {
  public static final MetricsLag DEFAULT =
      new MetricsLag(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(1));

  public MetricsLag {
    if (scrapeInterval.compareTo(Duration.ofSeconds(1)) < 0
        || !scrapeInterval.equals(Duration.ofSeconds(scrapeInterval.toSeconds()))) {
      throw new IllegalArgumentException(
          "scrapeInterval: must be whole seconds, at least 1, was: " + scrapeInterval);
    }
    if (rateWindow.compareTo(scrapeInterval) < 0
        || rateWindow.toMillis() % scrapeInterval.toMillis() != 0) {
      throw new IllegalArgumentException(
          "rateWindow: must be a multiple of scrapeInterval %s, was: %s"
              .formatted(scrapeInterval, rateWindow));
    }
    if (refresh.isNegative()) {
      throw new IllegalArgumentException("refresh: must not be negative, was: " + refresh);
    }
  }

  /** Returns how many scrape intervals the rate window is. */
  public int windowScrapes() {
    return (int) rateWindow.dividedBy(scrapeInterval);
  }
}
