// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

/**
 * The replicas of a workload over time.
 *
 * @param ready those that could serve
 * @param asked those asked for, which are paid for and whose changes are scale actions
 */
public record Replicas(Recording ready, Recording asked) {}
