// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;
import java.util.List;

/**
 * Writes decisions to the cluster. It is called by whoever holds the lease, for one policy after
 * the other, and may block for as long as a call to the API server may.
 */
public interface Actuator {
  /** Writes nothing. */
  Actuator IDLE =
      new Actuator() {
        @Override
        public Outcome act(
            PolicyDefinition policy, TargetView target, DecisionRecord record, Instant now) {
          return Outcome.NOTHING;
        }

        @Override
        public Outcome release(PolicyDefinition policy, Instant now) {
          return Outcome.NOTHING;
        }
      };

  /**
   * Makes the cluster as decided. Called at every decision; what is so already is not written
   * again.
   *
   * @param record the decision, its mode {@code ENFORCE}, {@code PREVIEW} or {@code PAUSED} as
   *     {@code policy} says; only the first writes to what the user owns
   */
  Outcome act(PolicyDefinition policy, TargetView target, DecisionRecord record, Instant now);

  /** Gives back everything that was written for a policy, which is gone. */
  Outcome release(PolicyDefinition policy, Instant now);

  /**
   * What came of it.
   *
   * @param actions what was written, in sentences
   * @param conditions those that actuation alone can judge, such as {@code FloorHeld} and {@code
   *     Conflict}
   * @param warnings traps, in sentences
   */
  record Outcome(List<String> actions, List<PolicyCondition> conditions, List<String> warnings) {
    public static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());

    public Outcome {
      actions = List.copyOf(actions);
      conditions = List.copyOf(conditions);
      warnings = List.copyOf(warnings);
    }
  }
}
