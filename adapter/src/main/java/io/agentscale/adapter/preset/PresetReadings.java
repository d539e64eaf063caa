// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where the readings of presets come from: the pods themselves, or a Prometheus. */
public interface PresetReadings {

  /**
   * Reads a preset for the pods of one namespace.
   *
   * @param series narrows the series that count; everything when empty
   * @return readings by pod name; a pod that is missing is not known to have the metric. Fails with
   *     the source's own exception when the source as a whole cannot be asked.
   */
  CompletionStage<Map<String, Reading>> inNamespace(
      Preset preset, String namespace, LabelSelector series);
}
