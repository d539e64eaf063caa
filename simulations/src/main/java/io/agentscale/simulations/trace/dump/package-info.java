// SPDX-License-Identifier: Apache-2.0

/**
 * Traffic out of dumps of a metrics database: series by series, summed over time.
 *
 * <p>A dump holds one series after the other, so reading one keeps two numbers per step of its time
 * and one sample per series; it is the only traffic whose memory grows with its length.
 */
@NullMarked
package io.agentscale.simulations.trace.dump;

import org.jspecify.annotations.NullMarked;
