// SPDX-License-Identifier: Apache-2.0

/** The commands that run scenarios. */
@NullMarked
package io.agentscale.simulations.scenario.command;

import org.jspecify.annotations.NullMarked;
