// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A metric with a fixed meaning, whoever's series it is read from.
 *
 * @param name as Kubernetes' metrics APIs serve it
 * @param meaning what one unit of it is
 * @param unit of the served value
 * @param targetAdvice how to choose the target of an autoscaler
 * @param sources in order of precedence: the first that is known for a pod is that pod's
 */
public record PresetMetric(
    String name, String meaning, String unit, String targetAdvice, List<Source> sources) {
  public PresetMetric {
    sources = List.copyOf(sources);
  }

  /**
   * Reads the metric from what was scraped of one pod: the first source with a value, else the
   * first that had one once, else absent.
   */
  public SourcedReading read(PodReadings pod, Duration rateWindow) {
    Optional<SourcedReading> stale = Optional.empty();
    for (Source source : sources) {
      Reading reading = source.read(pod, rateWindow);
      switch (reading) {
        case Reading.Value _ -> {
          return new SourcedReading(reading, Optional.of(source));
        }
        case Reading.Stale _ -> {
          if (stale.isEmpty()) {
            stale = Optional.of(new SourcedReading(reading, Optional.of(source)));
          }
        }
        case Reading.Absent _ -> {}
      }
    }
    return stale.orElseGet(() -> new SourcedReading(absent(pod, rateWindow), Optional.empty()));
  }

  // A source of which only a part is exposed is nearly always the one that was meant.
  private Reading.Absent absent(PodReadings pod, Duration window) {
    for (Source source : sources) {
      List<Term> known = source.terms().stream().filter(t -> isSeen(t.read(pod, window))).toList();
      if (!known.isEmpty()) {
        return new Reading.Absent(
            "%s: source %s has %s and lacks %s"
                .formatted(name, source.id(), names(known), names(missing(source.terms(), known))));
      }
    }
    return new Reading.Absent(
        name
            + ": no series of any known source; the contract is "
            + names(sources.getFirst().terms()));
  }

  private static boolean isSeen(Reading reading) {
    return !(reading instanceof Reading.Absent);
  }

  private static List<Term> missing(List<Term> all, List<Term> known) {
    return all.stream().filter(term -> !known.contains(term)).toList();
  }

  private static String names(List<Term> terms) {
    return terms.stream().map(Term::series).collect(joining(", "));
  }

  /** Returns the PromQL that reads this metric. */
  public PresetQuery query(QueryScope scope) {
    return new PresetQuery(this, scope);
  }
}
