// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import picocli.CommandLine.Command;

/** Everything about pod models that needs no replay. */
@Command(
    name = "workload",
    description = "Make models of pods to replay traffic against.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = FitCommand.class)
public final class WorkloadCommand {}
