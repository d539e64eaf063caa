// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with a policy before it is applied. */
@Command(
    name = "policy",
    description = "Check a ScalingPolicy, or print what follows or shadows it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckCommand.class, AutoscalerCommand.class, ShadowCommand.class})
public final class PolicyCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing required subcommand");
  }
}
