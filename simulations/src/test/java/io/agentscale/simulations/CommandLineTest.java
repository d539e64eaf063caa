// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A person meets the program through its help and its exit codes. */
final class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void help_namesEverySubcommandAndExitCode() {
    assertThat(commandLine.execute("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:");
    commandLine
        .getSubcommands()
        .keySet()
        .forEach(name -> assertThat(out.toString()).contains(name));
  }

  @Test
  void everySubcommand_hasHelp() {
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      assertThat(subcommand.getUsageMessage()).contains("--help");
      assertThat(subcommand.getCommandSpec().usageMessage().description()).isNotEmpty();
    }
  }

  @Test
  void noSubcommand_isRefusedWithTheUsage() {
    assertThat(commandLine.execute()).isEqualTo(2);
    assertThat(err.toString())
        .contains("Missing required subcommand")
        .contains("Usage: agentscale");
  }

  @Test
  void unknownFlag_isRefused() {
    assertThat(commandLine.execute("--no-such-flag")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-flag");
  }
}
