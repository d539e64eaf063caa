// SPDX-License-Identifier: Apache-2.0

/** The command that tunes: its arguments, its progress, and what it prints and writes. */
@NullMarked
package io.agentscale.simulations.tune.command;

import org.jspecify.annotations.NullMarked;
