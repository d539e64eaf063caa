// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.Keepsake.Kept;
import io.agentscale.core.schedule.Baseline;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an autoscaler's bounds would be without us: the remembered ones while our values stand, else
 * the present ones, which somebody wrote over ours and so wants.
 *
 * @param values by bound; empty where none is written
 * @param overwritten who wrote which of our values over, as a sentence; empty if nobody did
 * @param lost what could not be told, as a sentence; empty if all could
 */
record UserValues(
    Map<Bound, OptionalInt> values, Optional<String> overwritten, Optional<String> lost) {
  UserValues {
    values = Map.copyOf(values);
  }

  /** Works them out for an autoscaler with all that was remembered. */
  static UserValues of(HeldObject object, Keepsake keepsake) {
    Map<Bound, OptionalInt> values = new EnumMap<>(Bound.class);
    Optional<String> overwritten = Optional.empty();
    for (Bound bound : Bound.values()) {
      OptionalInt present = object.value(bound);
      Optional<Kept> kept = keepsake.bound(bound);
      if (kept.isPresent() && kept.get().ours().equals(present)) {
        values.put(bound, kept.get().user());
      } else {
        values.put(bound, present);
        if (kept.isPresent()) {
          overwritten = Optional.of(sentence(object, bound, kept.get().ours()));
        }
      }
    }
    // Lowered by its user while we held it, a maximum may be below the minimum that is remembered.
    OptionalInt max = values.getOrDefault(Bound.MAX, OptionalInt.empty());
    OptionalInt min = values.getOrDefault(Bound.MIN, OptionalInt.empty());
    if (max.isPresent() && min.isPresent() && min.getAsInt() > max.getAsInt()) {
      values.put(Bound.MIN, max);
    }
    return new UserValues(values, overwritten, Optional.empty());
  }

  /**
   * Works them out for an autoscaler.
   *
   * @param policy whose bounds stand in for the user's where nothing is remembered although the
   *     values are ours
   */
  static UserValues of(HeldObject object, Optional<Keepsake> keepsake, Baseline policy) {
    if (keepsake.isPresent()) {
      return of(object, keepsake.get());
    }
    Map<Bound, OptionalInt> values = new EnumMap<>(Bound.class);
    Optional<String> lost = Optional.empty();
    for (Bound bound : Bound.values()) {
      values.put(bound, object.value(bound));
      String field = object.ref().kind().field(bound);
      if (object.owners().areOurs(field)) {
        int standIn = bound == Bound.MIN ? policy.minReplicas() : policy.maxReplicas();
        values.put(bound, OptionalInt.of(Math.max(standIn, object.ref().kind().lowest(bound))));
        lost = Optional.of(lost(object.ref(), field, standIn));
      }
    }
    return new UserValues(values, Optional.empty(), lost);
  }

  private static String lost(AutoscalerRef ref, String field, int standIn) {
    return "%s: %s is ours, but the annotation %s that says what it was is gone; "
        .concat("the policy's %d is taken for the user's")
        .formatted(ref, field, Keepsake.NAME, standIn);
  }

  private static String sentence(HeldObject object, Bound bound, OptionalInt ours) {
    String field = object.ref().kind().field(bound);
    return "%s changed %s of %s from our %s to %s"
        .formatted(
            object.owners().other(field).orElse("somebody"),
            field,
            object.ref(),
            text(ours),
            text(object.value(bound)));
  }

  static String text(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "none";
  }
}
