// SPDX-License-Identifier: Apache-2.0

/**
 * Traffic to replay: what it is, whichever file, server or formula it comes from.
 *
 * <p>{@link io.agentscale.simulations.trace.Traffic} is a description; a cursor opened on it reads
 * it once, forward. What a rate series does not know it says so; {@link
 * io.agentscale.simulations.trace.Gaps} turns it into a series without unknown steps, which is what
 * a scenario's traffic always is.
 */
@NullMarked
package io.agentscale.simulations.trace;

import org.jspecify.annotations.NullMarked;
