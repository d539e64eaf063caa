// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;
import java.util.Optional;

/** Knows how many replicas runs in flight still need. Answers come from memory. */
@FunctionalInterface
public interface ScaleInGuard {
  /** Protects nothing. */
  ScaleInGuard NONE = (_, _, _) -> Optional.empty();

  /** Returns the fewest replicas to propose now; empty where nothing is to be protected. */
  Optional<Least> least(PolicyDefinition policy, TargetView.Known target, Instant now);

  /**
   * The fewest replicas, while runs drain.
   *
   * @param replicas to keep, of those there are
   * @param because what they are kept for, in a sentence
   */
  record Least(int replicas, String because) {}
}
