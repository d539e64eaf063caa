// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.transform;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;

/**
 * Requests counted per step.
 *
 * @param step in whole milliseconds
 */
public record Bin(Duration step) implements Transform {
  @Override
  public Traffic apply(Traffic traffic) {
    return switch (traffic) {
      case RequestTraffic requests -> requests.binned(step);
      case RateTraffic rates ->
          throw new IllegalArgumentException(
              "bin: must be applied to requests, this is a series of steps of " + rates.step());
    };
  }
}
