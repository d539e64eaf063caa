// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import picocli.CommandLine.Command;

/** Everything about traces that needs no replay. */
@Command(
    name = "trace",
    description = "Look at recorded or generated traffic, and convert it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {InspectCommand.class, ConvertCommand.class})
public final class TraceCommand {}
