// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.Keepsake.Kept;
import io.agentscale.adapter.policy.AutoscalerView;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An autoscaler as it was last found or left.
 *
 * @param ref which one
 * @param present its bounds then
 * @param user what they would be without us
 * @param keepsake what was remembered on it
 */
record Found(
    AutoscalerRef ref,
    Map<Bound, OptionalInt> present,
    Map<Bound, OptionalInt> user,
    Optional<Keepsake> keepsake) {
  Found {
    present = Map.copyOf(present);
    user = Map.copyOf(user);
  }

  static Found of(HeldObject object, Holding next) {
    Map<Bound, OptionalInt> present = new EnumMap<>(Bound.class);
    for (Bound bound : Bound.values()) {
      present.put(bound, object.value(bound));
    }
    Optional<Keepsake> kept =
        next.isEmpty() ? Optional.empty() : Optional.of(next.keepsake(next.held().keySet()));
    return new Found(object.ref(), present, next.user(), kept);
  }

  /** Tells whether what is watched shows it as it was. */
  boolean isStill(AutoscalerRef other, AutoscalerView view) {
    return ref.equals(other)
        && BoundsToHold.value(ref.kind(), present, Bound.MIN) == view.minReplicas()
        && BoundsToHold.value(ref.kind(), present, Bound.MAX) == view.maxReplicas();
  }

  BoundsToHold bounds(DecidedBounds decided) {
    return BoundsToHold.of(decided, ref.kind(), user, ours(keepsake, Bound.MIN));
  }

  Map<Bound, Integer> held() {
    return held(keepsake);
  }

  static Map<Bound, Integer> held(Optional<Keepsake> keepsake) {
    Map<Bound, Integer> held = new EnumMap<>(Bound.class);
    for (Bound bound : Bound.values()) {
      ours(keepsake, bound).ifPresent(value -> held.put(bound, value));
    }
    return held;
  }

  static OptionalInt ours(Optional<Keepsake> keepsake, Bound bound) {
    return keepsake
        .flatMap(known -> known.bound(bound))
        .map(Kept::ours)
        .orElse(OptionalInt.empty());
  }
}
