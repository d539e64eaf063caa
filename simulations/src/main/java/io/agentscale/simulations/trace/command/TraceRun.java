// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.simulations.options.FetchBar;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Opens the traffic a command is about, and says what is wrong with it if it cannot be read. */
final class TraceRun {
  /** What a command does with the traffic. */
  @FunctionalInterface
  interface Action {
    void on(Traffic traffic, PrintWriter out) throws IOException;
  }

  private TraceRun() {}

  static int run(CommandSpec spec, TrafficArguments arguments, Action action) {
    CommandLine commandLine = spec.commandLine();
    PrintWriter out = commandLine.getOut();
    PrintWriter err = commandLine.getErr();
    try {
      TrafficSetting setting = TrafficSetting.usual().with(new FetchBar(err));
      Traffic traffic = arguments.spec().openAsRecorded(setting);
      action.on(traffic, out);
      out.flush();
      return 0;
    } catch (NoSuchFileException e) {
      err.println(spec.qualifiedName() + ": " + e.getFile() + ": no such file");
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | InvalidYamlException
        | InvalidTraceException e) {
      out.flush();
      err.println(spec.qualifiedName() + ": " + e.getMessage());
    }
    return 1;
  }
}
