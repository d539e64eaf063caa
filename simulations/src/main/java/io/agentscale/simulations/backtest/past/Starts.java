// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import io.agentscale.simulations.workload.Distribution;

/**
 * How long would-be replicas take from created to Ready.
 *
 * @param createdToReady in seconds
 * @param source how that is known, for people
 */
public record Starts(Distribution createdToReady, String source) {}
