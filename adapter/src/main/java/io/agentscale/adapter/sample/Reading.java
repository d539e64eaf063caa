// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a source knows about one value; absence is an answer, never a zero. */
public sealed interface Reading {

  /**
   * A measured value.
   *
   * @param value in the metric's unit
   * @param at when it was measured
   * @param window the time a rate was taken over, where the value is one
   */
  record Value(double value, Instant at, Optional<Duration> window) implements Reading {}

  /**
   * It was known once, and is too old to be believed.
   *
   * @param lastSeen when the last value was measured
   * @param cause why nothing newer is known
   */
  record Stale(Instant lastSeen, String cause) implements Reading {}

  /**
   * It was never known.
   *
   * @param cause what was looked for and what was found instead
   */
  record Absent(String cause) implements Reading {}
}
