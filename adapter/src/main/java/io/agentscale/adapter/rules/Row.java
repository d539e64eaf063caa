// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import java.time.Instant;
import java.util.Map;

/**
 * One row of an instant vector.
 *
 * @param labels what the value belongs to
 * @param value as Prometheus gave it, NaN and the infinities included
 * @param at the time of the sample
 */
public record Row(Map<String, String> labels, double value, Instant at) {
  public Row {
    labels = Map.copyOf(labels);
  }
}
