// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations;

import picocli.CommandLine;

/** The program behind the launcher: everything the service can do, and the simulations. */
public final class Main {
  private Main() {}

  static CommandLine commandLine() {
    return io.agentscale.adapter.Main.commandLine();
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }
}
