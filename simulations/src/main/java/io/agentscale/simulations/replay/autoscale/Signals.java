// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which signal each metric of an HPA measures, by the metric's name. */
public final class Signals {
  /** The metric a policy serves to its HPA. */
  public static final String SERVED_METRIC = "agentscale_demand";

  /** Names from the field, and of this project's presets. */
  private static final Map<String, Signal> USUAL =
      Map.ofEntries(
          Map.entry("agent_active_count", Signal.RUNS),
          Map.entry("agent_concurrency", Signal.RUNS),
          Map.entry("agent_runs_in_flight", Signal.RUNS),
          Map.entry("http_requests_in_flight", Signal.RUNS),
          Map.entry("http_requests_waiting", Signal.WAITING),
          Map.entry("inference_pending_requests", Signal.WAITING),
          Map.entry("agent_queue_depth", Signal.WAITING),
          Map.entry("http_requests_per_second", Signal.REQUESTS_PER_SECOND),
          Map.entry("tokens_per_minute", Signal.TOKENS_PER_MINUTE),
          Map.entry("ai_llm_response_time_p99_seconds", Signal.LATENCY_P99_SECONDS),
          Map.entry(SERVED_METRIC, Signal.SERVED_DEMAND));

  /** The usual names. */
  public static final Signals DEFAULT = new Signals(USUAL);

  private final Map<String, Signal> byMetric;

  private Signals(Map<String, Signal> byMetric) {
    this.byMetric = Map.copyOf(byMetric);
  }

  /** Returns these and further names, which come before the usual ones. */
  public Signals with(Map<String, Signal> more) {
    Map<String, Signal> all = new TreeMap<>(byMetric);
    all.putAll(more);
    return new Signals(all);
  }

  /** Tells whether somebody said what a metric measures. */
  boolean knows(String metric) {
    return byMetric.containsKey(metric);
  }

  /**
   * Returns what a metric measures.
   *
   * @throws IllegalArgumentException if nobody said so
   */
  public Signal of(String metric) {
    Signal signal = byMetric.get(metric);
    if (signal == null) {
      throw new IllegalArgumentException(
          "metric %s: must be said what it measures (%s), since its name is none of %s"
              .formatted(metric, Signal.known(), new TreeSet<>(byMetric.keySet())));
    }
    return signal;
  }
}
