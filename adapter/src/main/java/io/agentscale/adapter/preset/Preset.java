// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The presets; to add one, write its class and name it here. */
public enum Preset {
  AGENT_CONCURRENCY(AgentConcurrency.METRIC),
  AGENT_TOKENS_PER_MINUTE(AgentTokensPerMinute.METRIC),
  AGENT_QUEUE_DEPTH(AgentQueueDepth.METRIC);

  // A record of records and copied lists, though it cannot be annotated as immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final PresetMetric metric;

  Preset(PresetMetric metric) {
    this.metric = metric;
  }

  public PresetMetric metric() {
    return metric;
  }

  /** Finds a preset by the name its metric is served under. */
  public static Optional<Preset> named(String metricName) {
    return Arrays.stream(values()).filter(p -> p.metric.name().equals(metricName)).findFirst();
  }

  /** Returns the names of all series any preset reads: what a scraper has to keep. */
  public static Set<String> series() {
    return Arrays.stream(values())
        .flatMap(preset -> preset.metric.sources().stream())
        .flatMap(source -> source.terms().stream())
        .map(Term::series)
        .collect(Collectors.toUnmodifiableSet());
  }
}
