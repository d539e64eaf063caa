// SPDX-License-Identifier: Apache-2.0

/** The whole command line: the service's subcommands, and what runs without a cluster. */
@NullMarked
package io.agentscale.simulations;

import org.jspecify.annotations.NullMarked;
