// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One number that was pushed, under the name a scraper would have found it by.
 *
 * @param series its name, such as {@code gen_ai_client_token_usage_sum}
 * @param labels the point's attributes, spelled as labels
 * @param kind what the number says
 * @param value finite
 * @param start since when it counts; absent where it counts nothing or does not tell
 * @param at when it was measured; absent when not told
 */
record PushedPoint(
    String series,
    Map<String, String> labels,
    Kind kind,
    double value,
    Optional<Instant> start,
    Optional<Instant> at) {
  PushedPoint {
    labels = Map.copyOf(labels);
  }

  /** What a number says. */
  enum Kind {
    /** How much there is. */
    LEVEL,
    /** How much there was since the start, ever more. */
    CUMULATIVE,
    /** How much was added since the point before. */
    DELTA
  }
}
