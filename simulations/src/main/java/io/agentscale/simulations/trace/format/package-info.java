// SPDX-License-Identifier: Apache-2.0

/**
 * The formats traces are written in: one class each, named by one constant of {@link
 * io.agentscale.simulations.trace.format.TraceFormat}.
 */
@NullMarked
package io.agentscale.simulations.trace.format;

import org.jspecify.annotations.NullMarked;
