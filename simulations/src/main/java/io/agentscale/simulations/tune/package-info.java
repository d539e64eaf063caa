// SPDX-License-Identifier: Apache-2.0

/** The search for settings that serve well and cost little: NSGA-II over replays, and its picks. */
@NullMarked
package io.agentscale.simulations.tune;

import org.jspecify.annotations.NullMarked;
