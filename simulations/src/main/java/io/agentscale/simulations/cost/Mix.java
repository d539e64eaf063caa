// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

/**
 * One way to carry a traffic: so many owned replicas all the time, and overflow for the rest.
 *
 * @param owned replicas
 * @param ownedMoney they cost
 * @param overflow what the rest came to
 * @param ownedSharePercent of the requests, served by owned replicas
 */
public record Mix(int owned, double ownedMoney, OverflowCost overflow, double ownedSharePercent) {
  public double money() {
    return ownedMoney + overflow.money();
  }
}
