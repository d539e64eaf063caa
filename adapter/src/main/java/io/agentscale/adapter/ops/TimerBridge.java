// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.ops;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.dropwizard.DropwizardExports;
import io.prometheus.client.dropwizard.samplebuilder.SampleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Dropwizard timers as Prometheus summaries in seconds, with labels and helps, neither of which
 * Dropwizard has: labels travel in the timer's name.
 */
final class TimerBridge extends Collector {
  private static final String SEPARATOR = "\n";

  private final DropwizardExports exports;
  private final Map<String, String> helps;

  /**
   * Bridges all timers of a registry.
   *
   * @param helps by metric name
   */
  TimerBridge(MetricRegistry timers, Map<String, String> helps) {
    this.exports = new DropwizardExports(timers, new LabelDecoder());
    this.helps = helps;
  }

  /** The name a timer is registered under: the metric's, then label names and values in turn. */
  static String encode(String name, String... labels) {
    return labels.length == 0 ? name : name + SEPARATOR + String.join(SEPARATOR, labels);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return exports.collect().stream()
        .map(
            family ->
                new MetricFamilySamples(
                    family.name, family.type, helps.getOrDefault(family.name, ""), family.samples))
        .toList();
  }

  /** Takes a timer's name apart again. */
  private static final class LabelDecoder implements SampleBuilder {
    @Override
    public MetricFamilySamples.Sample createSample(
        String timer,
        String suffix,
        List<String> moreLabels,
        List<String> moreValues,
        double value) {
      String[] parts = timer.split(SEPARATOR, -1);
      List<String> labels = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int i = 1; i < parts.length; i += 2) {
        labels.add(parts[i]);
        values.add(parts[i + 1]);
      }
      labels.addAll(moreLabels);
      values.addAll(moreValues);
      return new MetricFamilySamples.Sample(parts[0] + suffix, labels, values, value);
    }
  }
}
