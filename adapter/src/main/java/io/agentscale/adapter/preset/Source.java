// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The series of one product that together are a metric: the sum of its terms.
 *
 * <p>Every term must be known. An engine that tells its running requests and not its waiting ones
 * would read lowest just when its queue grows, so half a sum is no value at all.
 *
 * @param id short and stable; served as the label {@code agentscale_source}
 * @param product whose series these are, and since or until when where that matters
 * @param terms at least one
 */
public record Source(String id, String product, List<Term> terms) {
  public Source {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("terms: must have at least one in source " + id);
    }
  }

  static Source of(String id, String product, Term... terms) {
    return new Source(id, product, List.of(terms));
  }

  /**
   * Adds up the terms. Absent when any is absent, stale when any is stale; a value is as old as its
   * oldest part.
   */
  Reading read(PodReadings pod, Duration window) {
    List<Reading> parts = new ArrayList<>();
    for (Term term : terms) {
      Reading part = term.read(pod, window);
      if (part instanceof Reading.Absent) {
        return part;
      }
      parts.add(part);
    }
    return parts.stream().reduce(Source::add).orElseThrow();
  }

  private static Reading add(Reading left, Reading right) {
    if (left instanceof Reading.Value a && right instanceof Reading.Value b) {
      return new Reading.Value(
          a.value() + b.value(), earlier(a.at(), b.at()), longer(a.window(), b.window()));
    }
    if (left instanceof Reading.Stale a && right instanceof Reading.Stale b) {
      return a.lastSeen().isAfter(b.lastSeen()) ? b : a;
    }
    return left instanceof Reading.Value ? right : left;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Optional<Duration> longer(Optional<Duration> a, Optional<Duration> b) {
    return Stream.of(a, b).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
