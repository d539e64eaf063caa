// SPDX-License-Identifier: Apache-2.0

/**
 * Replaying traffic against pods and an autoscaler: {@link
 * io.agentscale.simulations.replay.Engine#run} is the door, with a fluid and a request-level engine
 * behind it that share clusters, autoscalers and scores.
 */
@NullMarked
package io.agentscale.simulations.replay;

import org.jspecify.annotations.NullMarked;
