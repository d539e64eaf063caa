// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.util.Optional;

/**
 * Everything a policy sees of its workload at one moment.
 *
 * @param replicas how many are asked for at present
 * @param readyReplicas how many of them can serve
 * @param live the demand now
 * @param foresight the demand foreseen, where a forecaster runs
 * @param tokenUse what is used of the provider's quota, where it is known
 */
public record PolicyObservation(
    int replicas,
    int readyReplicas,
    LiveDemand live,
    Optional<Foresight> foresight,
    Optional<TokenUse> tokenUse) {
  public PolicyObservation {
    if (replicas < 0 || readyReplicas < 0) {
      throw new IllegalArgumentException(
          "replicas: must not be negative, was: " + replicas + " with " + readyReplicas + " ready");
    }
  }

  /** Creates an observation without forecast and quota. */
  public PolicyObservation(int replicas, int readyReplicas, LiveDemand live) {
    this(replicas, readyReplicas, live, Optional.empty(), Optional.empty());
  }
}
