// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a HorizontalPodAutoscaler would decide, without a cluster. */
@Command(
    name = "hpa",
    description = "What a HorizontalPodAutoscaler would decide, and why.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EvaluateCommand.class, ExplainCommand.class})
public final class HpaCommand implements Runnable {
  // Set by picocli before run().
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing required subcommand");
  }

  /** Prints why input was refused, and returns the exit code for it. */
  static int refuse(@Nullable CommandSpec spec, InvalidInputException refusal) {
    var err = requireNonNull(spec).commandLine().getErr();
    err.println("agentscale: " + refusal.getMessage());
    err.flush();
    return 1;
  }

  static PrintWriter out(@Nullable CommandSpec spec) {
    return requireNonNull(spec).commandLine().getOut();
  }
}
