// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.time.Instant;

/**
 * One measured value and the time it was measured, which is never the time it was read.
 *
 * @param value in the metric's own unit; NaN and the infinities are kept as measured
 * @param at when the source took it
 */
public record Sample(double value, Instant at) {}
