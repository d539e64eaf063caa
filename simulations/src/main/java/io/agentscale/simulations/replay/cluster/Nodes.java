// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;

/**
 * The nodes pods run on, all alike, added when pods find no room and removed when as many have been
 * spare for a while. Pods are packed without gaps.
 *
 * @param podsPerNode how many fit on one
 * @param least nodes that are always there
 * @param most nodes that can be had
 * @param provisioning how long a new one takes
 * @param spareFor how long a node must have been spare before it is removed
 */
public record Nodes(
    int podsPerNode, int least, int most, Distribution provisioning, Duration spareFor) {
  /** Room for any number of pods at once; nodes are not modelled. */
  public static final Nodes ENDLESS =
      new Nodes(Integer.MAX_VALUE, 1, 1, new Distribution.Constant(0), Duration.ofMinutes(10));

  public Nodes {
    if (podsPerNode < 1) {
      throw new IllegalArgumentException("podsPerNode: must be at least 1, was: " + podsPerNode);
    }
    if (least < 0) {
      throw new IllegalArgumentException("least: must be at least 0, was: " + least);
    }
    if (most < Math.max(1, least)) {
      throw new IllegalArgumentException(
          "most: must be at least 1 and at least %d, was: %d".formatted(least, most));
    }
    if (spareFor.isNegative()) {
      throw new IllegalArgumentException("spareFor: must not be negative, was: " + spareFor);
    }
  }

  /** Returns GPU nodes: GPUs are not shared, so each pod takes whole ones. */
  public static Nodes ofGpus(
      int gpusPerNode, int gpusPerPod, int least, int most, Distribution provisioning) {
    if (gpusPerPod < 1 || gpusPerPod > gpusPerNode) {
      throw new IllegalArgumentException(
          "gpusPerPod: must be from 1 to gpusPerNode %d, was: %d"
              .formatted(gpusPerNode, gpusPerPod));
    }
    return new Nodes(gpusPerNode / gpusPerPod, least, most, provisioning, Duration.ofMinutes(10));
  }
}
