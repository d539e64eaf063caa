// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import io.agentscale.simulations.backtest.Replicas;

/**
 * The replicas that really ran.
 *
 * @param replicas as far as they are known
 * @param query of those that were ready
 * @param note what has to be known of them; may be empty
 */
public record PastReplicas(Replicas replicas, String query, String note) {}
