// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.TargetRef;

/** Reads from workloads' scales which pods are theirs, and changes nothing. */
public final class TargetScales {
  private final Scales scales;

  public TargetScales(ClusterApi api, ResourceMapper kinds) {
    this.scales = new Scales(api, kinds);
  }

  /**
   * Returns the selector that matches a workload's pods, as text.
   *
   * @throws io.agentscale.adapter.cluster.ControlPlaneException if it cannot be read
   */
  public String selector(String namespace, TargetRef target) {
    return scales.read(namespace, target).selector();
  }
}
