// SPDX-License-Identifier: Apache-2.0

/** The command that tests a policy on a workload's own past. */
@NullMarked
package io.agentscale.simulations.backtest.command;

import org.jspecify.annotations.NullMarked;
