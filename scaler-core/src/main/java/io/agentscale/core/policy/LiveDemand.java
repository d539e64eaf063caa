// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;

/** What a source says of the present demand; unknown is never zero. */
public sealed interface LiveDemand {

  /** Returns where it was read, for people. */
  String source();

  /**
   * A measured demand.
   *
   * @param demand waiting and running work, not negative
   * @param at when it was measured
   * @param source where it was read
   */
  record Known(Quantity demand, Instant at, String source) implements LiveDemand {
    public Known {
      if (demand.milli() < 0) {
        throw new IllegalArgumentException("demand: must not be negative, was: " + demand);
      }
    }
  }

  /**
   * No demand could be read.
   *
   * @param source where it should have been
   * @param cause why not
   */
  record Unknown(String source, String cause) implements LiveDemand {}
}
