// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

/**
 * What overflow came to.
 *
 * @param money it cost
 * @param requests that overflowed
 * @param rejected of those, for want of workers
 * @param waitedForStart of those, for a worker to start
 * @param coldStarts of workers
 */
public record OverflowCost(
    double money, double requests, double rejected, double waitedForStart, double coldStarts) {}
