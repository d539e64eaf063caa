// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.workload.Distribution;

/**
 * How long a pod takes from its creation to Ready once a node has room for it.
 *
 * @param pending scheduling and pulling the image; the pod's phase is Pending
 * @param loading starting and, say, loading a model; the pod runs and is not Ready
 */
public record StartUp(Distribution pending, Distribution loading) {

  /** Returns pods that are Pending until they are Ready. */
  public static StartUp of(Distribution createdToReady) {
    return new StartUp(createdToReady, new Distribution.Constant(0));
  }

  /** Returns the 90th percentile of created-to-Ready, by the sum of those of its two parts. */
  public double p90Seconds() {
    return pending.quantileSeconds(0.9) + loading.quantileSeconds(0.9);
  }

  public double meanSeconds() {
    return pending.meanSeconds() + loading.meanSeconds();
  }
}
