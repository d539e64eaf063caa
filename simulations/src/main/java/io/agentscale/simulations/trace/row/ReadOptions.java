// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person says about a file that the file does not say.
 *
 * @param column the header of the value's column; empty to find it
 * @param unit what a rate series' value is; empty to tell by the header
 * @param step the length of a rate series' steps; empty to take the usual distance of two rows
 * @param epoch when a file begins whose times are offsets
 * @param series which series of a dump, as {@code name{label="x"}}; empty if it holds one metric
 * @param badRows what to do with rows not understood
 */
public record ReadOptions(
    Optional<String> column,
    Optional<ValueUnit> unit,
    Optional<Duration> step,
    Instant epoch,
    Optional<String> series,
    BadRows badRows) {
  /** A Monday at midnight, so that the days of a week are where a schedule expects them. */
  public static final Instant DEFAULT_EPOCH = Instant.parse("2024-01-01T00:00:00Z");

  public ReadOptions {
    step.ifPresent(
        length -> {
          if (length.toMillis() < 1 || length.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("step: must be whole milliseconds, was: " + length);
          }
        });
  }

  /** Returns what is assumed where nothing is said; bad rows are refused. */
  public static ReadOptions defaults() {
    return new ReadOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_EPOCH,
        Optional.empty(),
        BadRows.refused());
  }

  /** Returns these with another treatment of bad rows. */
  public ReadOptions with(BadRows newBadRows) {
    return new ReadOptions(column, unit, step, epoch, series, newBadRows);
  }

  /** Returns these with a unit of the value. */
  public ReadOptions with(ValueUnit newUnit) {
    return new ReadOptions(column, Optional.of(newUnit), step, epoch, series, badRows);
  }
}
