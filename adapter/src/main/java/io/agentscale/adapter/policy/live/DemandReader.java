// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.TokenUse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads how much there is to do at present. */
@FunctionalInterface
public interface DemandReader {

  /** Begins to read; a failure is told as an unknown demand, and also by a failed stage. */
  CompletionStage<Reading> read(PolicyDefinition policy, TargetView target);

  /** Forgets what is known of a policy that is gone. */
  default void forget(PolicyKey policy) {}

  /**
   * What was read.
   *
   * @param demand now
   * @param tokens used of the provider's quota; empty where it does not matter or is not known
   */
  record Reading(LiveDemand demand, Optional<TokenUse> tokens) {}
}
