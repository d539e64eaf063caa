// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import java.util.Optional;

/**
 * Replicas over time, and what they are judged by.
 *
 * @param name for people
 * @param real whether they really ran, in place of would have
 * @param replicas that there were
 * @param scores over the steps of which all is known
 * @param worst the moment with the most demand above what was carried; empty if there was none
 */
public record Judged(
    String name,
    boolean real,
    Replicas replicas,
    BacktestScores scores,
    Optional<Shortage> worst) {}
