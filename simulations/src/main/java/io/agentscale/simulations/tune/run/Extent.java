// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import java.time.Duration;

/**
 * How much of the training days a verification has replayed.
 *
 * @param replayed parts of each case's days
 * @param of how many
 * @param portion the length of one
 */
public record Extent(int replayed, int of, Duration portion) {
  /** Tells whether nothing was left out. */
  public boolean isWhole() {
    return replayed == of;
  }
}
