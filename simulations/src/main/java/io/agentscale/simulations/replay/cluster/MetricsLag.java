// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How late and how smooth autoscalers see the load.
 *
 * @param scrapeInterval how often pods are measured, in whole seconds
 * @param rateWindow what rates are means over (CPU, requests, tokens, latency), a multiple of it
 * @param refresh how long a measurement takes from the pod to the answer of the metrics API
 * @param gaugeWindow what runs and waiting are means over, zero for what they are at the scrape,
 *     else a multiple of {@code scrapeInterval}
 * @param missingPods the share of the pods that each scrape misses, at least 0 and below 1
 * @param outages during which nothing is scraped and metrics APIs answer nothing
 */
public record MetricsLag(
    Duration scrapeInterval,
    Duration rateWindow,
    Duration refresh,
    Duration gaugeWindow,
    double missingPods,
    List<Outage> outages) {

  /**
   * A time without metrics.
   *
   * @param after the replay's start
   * @param length of it
   */
  public record Outage(Duration after, Duration length) {
    public Outage {
      if (after.isNegative() || !length.isPositive()) {
        throw new IllegalArgumentException(
            "after, for: must not be negative and above 0, were: %s, %s".formatted(after, length));
      }
    }

    private Optional<Outage> begunAfter(Duration skipped) {
      Duration begin = after.compareTo(skipped) > 0 ? after.minus(skipped) : Duration.ZERO;
      Duration rest = after.plus(length).minus(skipped).minus(begin);
      return rest.isPositive() ? Optional.of(new Outage(begin, rest)) : Optional.empty();
    }
  }

  public static final MetricsLag DEFAULT =
      new MetricsLag(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ZERO,
          0,
          List.of());

  /** Creates metrics that get every pod. */
  public MetricsLag(
      Duration scrapeInterval,
      Duration rateWindow,
      Duration refresh,
      Duration gaugeWindow,
      List<Outage> outages) {
    this(scrapeInterval, rateWindow, refresh, gaugeWindow, 0, outages);
  }

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
    if (gaugeWindow.isNegative() || gaugeWindow.toMillis() % scrapeInterval.toMillis() != 0) {
      throw new IllegalArgumentException(
          "gaugeWindow: must be 0 or a multiple of scrapeInterval %s, was: %s"
              .formatted(scrapeInterval, gaugeWindow));
    }
    if (!(missingPods >= 0 && missingPods < 1)) {
      throw new IllegalArgumentException(
          "missingPods: must be at least 0 and below 1, or 100 %, was: " + missingPods);
    }
    outages = List.copyOf(outages);
    if (refresh.isNegative()) {
      throw new IllegalArgumentException("refresh: must not be negative, was: " + refresh);
    }
  }

  /** Returns those of a replay that begins so much later. */
  MetricsLag begunAfter(Duration skipped) {
    return withOutages(
        outages.stream().flatMap(outage -> outage.begunAfter(skipped).stream()).toList());
  }

  public MetricsLag withOutages(List<Outage> other) {
    return new MetricsLag(scrapeInterval, rateWindow, refresh, gaugeWindow, missingPods, other);
  }

  public MetricsLag withMissingPods(double other) {
    return new MetricsLag(scrapeInterval, rateWindow, refresh, gaugeWindow, other, outages);
  }

  /** Returns how many scrape intervals the rate window is. */
  public int windowScrapes() {
    return (int) rateWindow.dividedBy(scrapeInterval);
  }

  /** Returns how many scrapes a gauge is the mean of. */
  public int gaugeScrapes() {
    return Math.max(1, (int) gaugeWindow.dividedBy(scrapeInterval));
  }

  /** Tells whether there are no metrics, so many seconds after the start. */
  public boolean isOut(double seconds) {
    for (Outage outage : outages) {
      double since = seconds - outage.after().toMillis() / 1000.0;
      if (since >= 0 && since < outage.length().toMillis() / 1000.0) {
        return true;
      }
    }
    return false;
  }
}
