// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Knows a policy's demand of the past. */
public interface DemandHistory {

  /** Tells whether there is anything to ask for a policy. */
  boolean has(PolicyDefinition policy);

  /**
   * Begins to read a stretch; the stage fails if that was not possible.
   *
   * @return oldest first, one sample a step at most; what is not known is left out
   */
  CompletionStage<List<Sample>> read(
      PolicyDefinition policy, Instant from, Instant to, Duration step);

  /** Knows nothing. */
  DemandHistory NONE =
      new DemandHistory() {
        @Override
        public boolean has(PolicyDefinition policy) {
          return false;
        }

        @Override
        public CompletionStage<List<Sample>> read(
            PolicyDefinition policy, Instant from, Instant to, Duration step) {
          throw new IllegalStateException("there is no history of " + policy.key());
        }
      };
}
