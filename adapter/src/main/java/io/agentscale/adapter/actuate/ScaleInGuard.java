// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import java.time.Instant;

/** Says how many replicas a target must keep so that no long run is lost. */
public interface ScaleInGuard {

  /** Returns the fewest replicas that may be proposed now, never more than are present. */
  Least least(PolicyDefinition policy, TargetView.Known target, Instant now);

  /**
   * A limit to a scale-in.
   *
   * @param replicas the fewest; 0 for no limit
   * @param because the figures behind it
   */
  record Least(int replicas, String because) {}
}
