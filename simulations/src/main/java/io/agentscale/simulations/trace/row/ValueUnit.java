// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.row;

/** What the value of a rate series counts. */
public enum ValueUnit {
  /** Requests in the row's step. */
  COUNT,

  /** Requests per second. */
  RATE
}
