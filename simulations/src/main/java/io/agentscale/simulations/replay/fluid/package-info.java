// SPDX-License-Identifier: Apache-2.0

/** The fluid engine: runs as an amount that flows through pods, tick by tick. */
@NullMarked
package io.agentscale.simulations.replay.fluid;

import org.jspecify.annotations.NullMarked;
