// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter;

import static java.util.Objects.requireNonNull;

import io.agentscale.adapter.explain.ExplainCommand;
import io.agentscale.adapter.forecast.ForecastCommand;
import io.agentscale.adapter.get.GetCommand;
import io.agentscale.adapter.hpa.HpaCommand;
import io.agentscale.adapter.lint.LintCommand;
import io.agentscale.adapter.policy.command.PolicyCommand;
import io.agentscale.adapter.rules.command.RulesCommand;
import io.agentscale.adapter.schedule.ScheduleCommand;
import io.agentscale.adapter.serve.ServeCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the service: one subcommand a job, each in the package it is about. */
@Command(
    name = "agentscale",
    description = "The autoscaling signal for AI-agent and LLM services on Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = Main.EXIT_CODES,
    exitCodeList = {Main.DONE, Main.FAILED, Main.MISUNDERSTOOD},
    subcommands = {
      ServeCommand.class,
      GetCommand.class,
      HpaCommand.class,
      RulesCommand.class,
      ScheduleCommand.class,
      PolicyCommand.class,
      ForecastCommand.class,
      ExplainCommand.class,
      LintCommand.class,
      picocli.AutoComplete.GenerateCompletion.class
    })
public final class Main implements Runnable {
  static final String EXIT_CODES = "%nExit codes:%n";
  static final String DONE = " 0:done";
  static final String FAILED = " 1:failed, for the reason printed";
  static final String MISUNDERSTOOD = " 2:the command line was not understood";

  /** The same program with nothing but the service. */
  @Command(
      name = "agentscale",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      scope = CommandLine.ScopeType.INHERIT,
      exitCodeListHeading = Main.EXIT_CODES,
      exitCodeList = {Main.DONE, Main.FAILED, Main.MISUNDERSTOOD},
      subcommands = ServeCommand.class)
  private static final class Service {}

  // Set by picocli before run().
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /** Returns the service's command line, for a larger program to add subcommands to. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  /**
   * Returns a command line that knows no other command than the service, if that is what the
   * arguments want: to read all of them takes a quarter of its start.
   */
  public static Optional<CommandLine> serviceOnly(String[] args) {
    return args.length > 0 && args[0].equals("serve")
        ? Optional.of(new CommandLine(new Service()))
        : Optional.empty();
  }

  public static void main(String[] args) {
    System.exit(serviceOnly(args).orElseGet(Main::commandLine).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "Missing required subcommand");
  }
}
