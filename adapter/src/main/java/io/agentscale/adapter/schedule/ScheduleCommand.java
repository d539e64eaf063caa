// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with schedules. */
@Command(
    name = "schedule",
    description = "See what the schedules of a policy will do.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = PreviewCommand.class)
public final class ScheduleCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing required subcommand");
  }
}
