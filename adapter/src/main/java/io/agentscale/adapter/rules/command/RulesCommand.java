// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with rules. */
@Command(
    name = "rules",
    description = "Check the rules of a configuration, or write them natively.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckCommand.class, MigrateCommand.class})
public final class RulesCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing required subcommand");
  }
}
