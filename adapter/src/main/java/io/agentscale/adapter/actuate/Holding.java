// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.Keepsake.Kept;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a policy wants an autoscaler to be like.
 *
 * @param policy its name
 * @param uid of the policy's object
 * @param user the user's values
 * @param held the bounds to hold, and at what
 * @param asleep whether to remember that the workload has no replica
 * @param overwritten when another of late wrote over what was held
 */
record Holding(
    String policy,
    String uid,
    Map<Bound, OptionalInt> user,
    Map<Bound, Integer> held,
    boolean asleep,
    List<Instant> overwritten) {
  Holding {
    user = Map.copyOf(user);
    held = Map.copyOf(held);
    overwritten = List.copyOf(overwritten);
  }

  /** Returns an autoscaler that is given back. */
  static Holding nothing(Keepsake before, Map<Bound, OptionalInt> user) {
    return new Holding(before.policy(), before.uid(), user, Map.of(), false, List.of());
  }

  Holding asleep(boolean value) {
    return new Holding(policy, uid, user, held, value, overwritten);
  }

  boolean isEmpty() {
    return held.isEmpty() && !asleep;
  }

  OptionalInt user(Bound bound) {
    return user.getOrDefault(bound, OptionalInt.empty());
  }

  /** Returns what a bound is to be in the end. */
  OptionalInt wanted(Bound bound) {
    return held.containsKey(bound) ? OptionalInt.of(held.get(bound)) : user(bound);
  }

  /** Returns what to remember of some bounds. */
  Keepsake keepsake(Iterable<Bound> bounds) {
    Map<Bound, Kept> kept = new EnumMap<>(Bound.class);
    bounds.forEach(bound -> kept.put(bound, new Kept(user(bound), wanted(bound))));
    return new Keepsake(policy, uid, kept, asleep, overwritten);
  }
}
