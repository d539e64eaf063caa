// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Readings of pods that push beside those of pods that are scraped. A pod that does both counts
 * once: what it pushed is believed while it is fresh.
 */
public final class BothPresetReadings implements PresetReadings {
  private final PresetReadings pushed;
  private final PresetReadings scraped;

  /**
   * @param scraped by us or by a Prometheus; while it cannot be asked nothing is known, for pods
   *     that only it knows would count as idle
   */
  public BothPresetReadings(PresetReadings pushed, PresetReadings scraped) {
    this.pushed = pushed;
    this.scraped = scraped;
  }

  @Override
  public CompletionStage<Map<String, Reading>> inNamespace(
      Preset preset, String namespace, LabelSelector series) {
    return pushed
        .inNamespace(preset, namespace, series)
        .thenCombine(scraped.inNamespace(preset, namespace, series), BothPresetReadings::merged);
  }

  private static Map<String, Reading> merged(
      Map<String, Reading> pushed, Map<String, Reading> scraped) {
    if (pushed.isEmpty()) {
      // The same object as long as nothing changes: what was made of it need not be made again.
      return scraped;
    }
    Map<String, Reading> all = new TreeMap<>(scraped);
    pushed.forEach((pod, reading) -> all.merge(pod, reading, BothPresetReadings::better));
    return all;
  }

  private static Reading better(Reading scraped, Reading pushed) {
    return switch (pushed) {
      case Reading.Value _ -> pushed;
      case Reading.Stale _ -> scraped instanceof Reading.Value ? scraped : pushed;
      case Reading.Absent _ -> scraped;
    };
  }
}
