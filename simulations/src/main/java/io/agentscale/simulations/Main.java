// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations;

import io.agentscale.simulations.backtest.command.BacktestCommand;
import io.agentscale.simulations.demo.DemoCommand;
import io.agentscale.simulations.scenario.command.SimulateCommand;
import io.agentscale.simulations.trace.command.TraceCommand;
import io.agentscale.simulations.tune.command.TuneCommand;
import io.agentscale.simulations.workload.fit.WorkloadCommand;
import picocli.CommandLine;

/** The program behind the launcher: everything the service can do, and the simulations. */
public final class Main {
  private Main() {}

  static CommandLine commandLine() {
    return io.agentscale.adapter.Main.commandLine()
        .addSubcommand(DemoCommand.served())
        .addSubcommand(new TraceCommand())
        .addSubcommand(new WorkloadCommand())
        .addSubcommand(new SimulateCommand())
        .addSubcommand(new TuneCommand())
        .addSubcommand(new BacktestCommand());
  }

  public static void main(String[] args) {
    System.exit(
        io.agentscale.adapter.Main.serviceOnly(args).orElseGet(Main::commandLine).execute(args));
  }
}
