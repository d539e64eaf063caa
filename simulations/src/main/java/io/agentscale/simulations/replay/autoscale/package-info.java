// SPDX-License-Identifier: Apache-2.0

/**
 * The autoscalers a replay can run: what they see of the cluster, and the decision code of
 * scaler-core behind each of them, unchanged.
 */
@NullMarked
package io.agentscale.simulations.replay.autoscale;

import org.jspecify.annotations.NullMarked;
