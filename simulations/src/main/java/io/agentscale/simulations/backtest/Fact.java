// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

/**
 * Something to know about how a backtest was made.
 *
 * @param name in a word or two
 * @param value in a line
 */
public record Fact(String name, String value) {}
