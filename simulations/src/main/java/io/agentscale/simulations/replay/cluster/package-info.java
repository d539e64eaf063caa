// SPDX-License-Identifier: Apache-2.0

/** The cluster of a replay: how pods come, serve and go, and on which nodes. */
@NullMarked
package io.agentscale.simulations.replay.cluster;

import org.jspecify.annotations.NullMarked;
