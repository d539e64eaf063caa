// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import java.time.Instant;

/**
 * A moment at which the demand was more than the ready replicas carry.
 *
 * @param at when
 * @param demand then
 * @param ready replicas then
 * @param carried by them
 */
public record Shortage(Instant at, double demand, int ready, double carried) {
  double missing() {
    return demand - carried;
  }
}
