// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.workload.Distribution;

/**
 * How long a pod takes to come: from being asked for to its creation, and from there to Ready once
 * a node has room for it.
 *
 * @param creation from a larger scale being written to its pods being there; those asked for at
 *     once come at once
 * @param pending scheduling and pulling the image; the pod's phase is Pending
 * @param loading starting and, say, loading a model; the pod runs and is not Ready
 */
public record StartUp(Distribution creation, Distribution pending, Distribution loading) {
  private static final Distribution AT_ONCE = new Distribution.Constant(0);

  /** Creates pods that are created as soon as they are asked for. */
  public StartUp(Distribution pending, Distribution loading) {
    this(AT_ONCE, pending, loading);
  }

  /** Returns pods that are Pending until they are Ready. */
  public static StartUp of(Distribution createdToReady) {
    return new StartUp(createdToReady, AT_ONCE);
  }

  public StartUp withCreation(Distribution other) {
    return new StartUp(other, pending, loading);
  }

  /** Returns the 90th percentile of created-to-Ready, by the sum of those of its two parts. */
  public double p90Seconds() {
    return pending.quantileSeconds(0.9) + loading.quantileSeconds(0.9);
  }

  public double meanSeconds() {
    return pending.meanSeconds() + loading.meanSeconds();
  }
}
