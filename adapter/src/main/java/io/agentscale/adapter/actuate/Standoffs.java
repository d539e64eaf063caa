// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The policies that stopped writing because another writes against them. Two writers that both
 * insist would go on for ever, so the one who came second gives way: us.
 */
final class Standoffs {
  /** So many times our value is written over within the window before we stop. */
  static final int OVERWRITES = 2;

  static final Duration WINDOW = Duration.ofMinutes(10);

  /** After this, or once the policy's spec is changed, it is tried again. */
  static final Duration LASTS = Duration.ofHours(1);

  private record Standoff(long generation, Instant until, String sentence) {}

  private final Map<PolicyKey, Standoff> standing = new ConcurrentHashMap<>();

  /** Returns when values were written over of late, this time included. */
  static List<Instant> recent(List<Instant> before, Instant now) {
    return Stream.concat(
            before.stream().filter(at -> Duration.between(at, now).abs().compareTo(WINDOW) <= 0),
            Stream.of(now))
        .toList();
  }

  void begin(PolicyDefinition policy, String sentence, Instant now) {
    standing.put(policy.key(), new Standoff(policy.generation(), now.plus(LASTS), sentence));
  }

  /** Returns what a policy's standoff is about; empty if it is in none. */
  Optional<String> of(PolicyDefinition policy, Instant now) {
    Standoff standoff = standing.get(policy.key());
    if (standoff == null) {
      return Optional.empty();
    }
    // Set back, a clock must not make it last longer.
    Duration left = Duration.between(now, standoff.until());
    if (!left.isPositive()
        || left.compareTo(LASTS) > 0
        || standoff.generation() != policy.generation()) {
      standing.remove(policy.key());
      return Optional.empty();
    }
    return Optional.of(standoff.sentence() + " until " + standoff.until());
  }

  void forget(PolicyKey policy) {
    standing.remove(policy);
  }
}
