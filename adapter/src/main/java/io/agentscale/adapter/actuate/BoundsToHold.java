// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bounds an autoscaler is to have, worked out from what was decided and what its user wrote.
 *
 * <p>The floor only ever raises the user's minimum, and never above the user's maximum, which is
 * never raised; a ceiling lowers the user's maximum, and the minimum with it.
 *
 * @param held those that differ from the user's
 * @param limited why the floor could not be had; empty if it could
 */
public record BoundsToHold(Map<Bound, Integer> held, Optional<String> limited) {
  public BoundsToHold {
    held = Map.copyOf(held);
  }

  /**
   * Works the bounds out.
   *
   * @param user the user's values; those not written are the kind's defaults
   * @param heldMin the minimum held at present
   */
  public static BoundsToHold of(
      DecidedBounds decided,
      AutoscalerKind kind,
      Map<Bound, OptionalInt> user,
      OptionalInt heldMin) {
    int userMin = value(kind, user, Bound.MIN);
    int userMax = value(kind, user, Bound.MAX);
    int max = userMax;
    if (decided.ceiling().isPresent()) {
      max = Math.min(userMax, Math.max(decided.ceiling().getAsInt(), kind.lowest(Bound.MAX)));
    }
    int floor = decided.floor();
    if (!decided.liveKnown()) {
      floor = Math.max(floor, heldMin.orElse(0));
    }
    // A user's minimum of 0 is taken for granted: the cluster may allow it.
    int lowest = Math.min(kind.lowest(Bound.MIN), userMin);
    int min = Math.max(lowest, Math.min(Math.max(userMin, floor), max));
    Map<Bound, Integer> held = new EnumMap<>(Bound.class);
    if (min != userMin) {
      held.put(Bound.MIN, min);
    }
    if (max != userMax) {
      held.put(Bound.MAX, max);
    }
    return new BoundsToHold(held, limited(decided.floor(), userMax, kind));
  }

  static int value(AutoscalerKind kind, Map<Bound, OptionalInt> values, Bound bound) {
    return values.getOrDefault(bound, OptionalInt.empty()).orElse(kind.byDefault(bound));
  }

  private static Optional<String> limited(int floor, int userMax, AutoscalerKind kind) {
    return floor > userMax
        ? Optional.of(
            "the floor of %d replicas is above %s %d of the %s: raise it"
                .formatted(floor, kind.field(Bound.MAX), userMax, kind.kind()))
        : Optional.empty();
  }
}
