// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import io.agentscale.simulations.backtest.Recording;

/**
 * The demand there was.
 *
 * @param recording history and scored stretch
 * @param source where it comes from, for people
 */
public record PastDemand(Recording recording, String source) {}
