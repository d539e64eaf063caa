// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.metric.Quantity;
import java.util.OptionalInt;

/** What a schedule asks for inside its windows. */
public sealed interface Target {

  /** No fewer replicas than a floor, no more than a ceiling; at least one of the two. */
  record Range(OptionalInt floor, OptionalInt ceiling) implements Target {
    public Range {
      if (floor.isEmpty() && ceiling.isEmpty()) {
        throw new InvalidScheduleException(
            "replicas", "must have a floor, a ceiling or exact, was: empty");
      }
      floor.ifPresent(value -> requireReplicas("replicas.floor", value));
      ceiling.ifPresent(value -> requireReplicas("replicas.ceiling", value));
      if (floor.isPresent() && ceiling.isPresent() && floor.getAsInt() > ceiling.getAsInt()) {
        throw new InvalidScheduleException(
            "replicas.floor",
            "must be at most the ceiling (%d), was: %d"
                .formatted(ceiling.getAsInt(), floor.getAsInt()));
      }
    }
  }

  /** That many replicas, whatever the load and the other schedules say. */
  record Exact(int replicas) implements Target {
    public Exact {
      requireReplicas("replicas.exact", replicas);
    }
  }

  /** At least that much demand, which each service divides by what one of its replicas carries. */
  record Demand(Quantity atLeast) implements Target {
    public Demand {
      if (atLeast.milli() <= 0) {
        throw new InvalidScheduleException("demand", "must be above 0, was: " + atLeast);
      }
    }
  }

  static Target floor(int replicas) {
    return new Range(OptionalInt.of(replicas), OptionalInt.empty());
  }

  static Target ceiling(int replicas) {
    return new Range(OptionalInt.empty(), OptionalInt.of(replicas));
  }

  static Target range(int floor, int ceiling) {
    return new Range(OptionalInt.of(floor), OptionalInt.of(ceiling));
  }

  private static void requireReplicas(String field, int value) {
    if (value < 0) {
      throw new InvalidScheduleException(field, "must be at least 0, was: " + value);
    }
  }
}
