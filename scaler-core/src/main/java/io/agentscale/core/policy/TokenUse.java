// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;

/**
 * The tokens all replicas together get through at the provider.
 *
 * @param tokensPerMinute of the workload as a whole
 * @param at when it was measured
 * @param source where the figure comes from
 */
public record TokenUse(Quantity tokensPerMinute, Instant at, String source) {
  public TokenUse {
    if (tokensPerMinute.milli() < 0) {
      throw new IllegalArgumentException(
          "tokensPerMinute: must not be negative, was: " + tokensPerMinute);
    }
  }
}
