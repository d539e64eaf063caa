// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.replay.autoscale.LoadSample;
import io.agentscale.simulations.replay.cluster.Fleet;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.ScrapeMisses;
import java.util.Optional;

/** Measures the load at regular times, with rates over a window. */
final class Scrapes {
  private final DataPlane data;
  private final Fleet fleet;
  private final Optional<LatencyWindow> latencies;
  private final ScrapeMisses misses;
  private final double interval;
  private final double refresh;
  private final int window;
  // Of the last scrapes, in a ring.
  private final double[] busySeconds;
  private final double[] podSeconds;
  private final double[] arrived;
  private final double[] tokens;
  private final double[] pods;
  private final double[] runs;
  private final double[] waiting;
  private int taken;
  private double next;

  Scrapes(MetricsLag lag, DataPlane data, Fleet fleet, long seed, boolean readsLatency) {
    this.data = data;
    this.fleet = fleet;
    misses = new ScrapeMisses(lag, fleet, seed);
    window = lag.windowScrapes();
    interval = lag.scrapeInterval().toSeconds();
    refresh = lag.refresh().toNanos() / 1e9;
    latencies = readsLatency ? Optional.of(new LatencyWindow(window)) : Optional.empty();
    busySeconds = new double[window];
    podSeconds = new double[window];
    arrived = new double[window + 1];
    tokens = new double[window + 1];
    pods = new double[lag.gaugeScrapes()];
    runs = new double[pods.length];
    waiting = new double[pods.length];
    next = interval;
  }

  Optional<LatencyWindow> latencies() {
    return latencies;
  }

  double next() {
    return next;
  }

  /** Tells whether a measurement has come through to the metrics API. */
  boolean isThrough(LoadSample sample, double now) {
    return sample.atSeconds() + refresh <= now;
  }

  LoadSample take(double now) {
    int serving = fleet.serving();
    int slot = taken % window;
    gauge(serving);
    busySeconds[slot] = data.takeBusyCoreSeconds(now);
    podSeconds[slot] = serving * interval;
    taken++;
    next += interval;
    int from = Math.max(0, taken - window);
    arrived[taken % arrived.length] = data.arrived();
    tokens[taken % tokens.length] = data.tokens();
    double seconds = (taken - from) * interval;
    double requests = (arrived[taken % arrived.length] - arrived[from % arrived.length]) / seconds;
    double used = (tokens[taken % tokens.length] - tokens[from % tokens.length]) / seconds * 60;
    double busy = sum(busySeconds) / Math.max(sum(podSeconds), Double.MIN_NORMAL);
    var sample =
        new LoadSample(
            now,
            serving,
            runsNow(serving),
            sum(waiting) / Math.min(taken, waiting.length),
            busy,
            requests,
            used,
            latencies.map(LatencyWindow::p99).orElse(Double.NaN),
            misses.scrape(taken));
    latencies.ifPresent(LatencyWindow::turn);
    return sample;
  }

  private void gauge(int serving) {
    int slot = taken % pods.length;
    pods[slot] = serving;
    runs[slot] = data.runsServed();
    waiting[slot] = data.runsWaiting();
  }

  /** Returns what the pods there are now have, if each has the mean of the window. */
  private double runsNow(int serving) {
    double measured = sum(pods);
    return measured > 0 ? sum(runs) / measured * serving : 0;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
