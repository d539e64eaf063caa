// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line of an exposition.
 *
 * @param name of the series, so with {@code _total}, {@code _bucket} and the like
 * @param value NaN and the infinities as they are written
 * @param at the line's own timestamp, which few programs write
 */
public record ExposedSeries(
    String name, Map<String, String> labels, double value, Optional<Instant> at) {
  public ExposedSeries {
    labels = Map.copyOf(labels);
  }
}
