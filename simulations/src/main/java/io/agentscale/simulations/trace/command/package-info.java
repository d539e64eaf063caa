// SPDX-License-Identifier: Apache-2.0

/** The commands that look at traces and convert them. */
@NullMarked
package io.agentscale.simulations.trace.command;

import org.jspecify.annotations.NullMarked;
