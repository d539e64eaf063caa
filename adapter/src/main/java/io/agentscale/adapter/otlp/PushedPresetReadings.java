// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.agentscale.adapter.preset.LabelFilter;
import io.agentscale.adapter.preset.PodReadings;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.SeriesFilter;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Reads presets from what agents pushed; always from memory. */
public final class PushedPresetReadings implements PresetReadings {
  private final PushedPods pods;
  private final Duration rateWindow;

  /**
   * Creates the readings.
   *
   * @param rateWindow what counters are differentiated over; the one {@code pods} keeps
   */
  public PushedPresetReadings(PushedPods pods, Duration rateWindow) {
    this.pods = pods;
    this.rateWindow = rateWindow;
  }

  @Override
  public CompletionStage<Map<String, Reading>> inNamespace(
      Preset preset, String namespace, LabelSelector series) {
    Map<String, Reading> readings = new TreeMap<>();
    for (String name : pods.in(namespace)) {
      PodReadings pod = new Pushed(new PodName(namespace, name), series);
      readings.put(name, preset.metric().read(pod, rateWindow).reading());
    }
    return completedStage(readings);
  }

  private final class Pushed implements PodReadings {
    private final PodName pod;
    private final LabelSelector selector;

    Pushed(PodName pod, LabelSelector selector) {
      this.pod = pod;
      this.selector = selector;
    }

    @Override
    public Reading gauge(String series, List<LabelFilter> filters) {
      return pods.gauge(pod, series, filter(filters));
    }

    @Override
    public Reading ratePerSecond(String series, Duration window, List<LabelFilter> filters) {
      return pods.ratePerSecond(pod, series, window, filter(filters));
    }

    private SeriesFilter filter(List<LabelFilter> filters) {
      return labels ->
          selector.matches(labels) && filters.stream().allMatch(filter -> filter.matches(labels));
    }
  }
}
