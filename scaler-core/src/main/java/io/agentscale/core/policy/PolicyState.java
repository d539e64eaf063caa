// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.util.Optional;

/**
 * All that a policy remembers from one decision to the next.
 *
 * @param lastKnown the newest demand that was known; empty until one is, as after a restart
 */
public record PolicyState(Optional<LiveDemand.Known> lastKnown) {
  public static final PolicyState INITIAL = new PolicyState(Optional.empty());
}
