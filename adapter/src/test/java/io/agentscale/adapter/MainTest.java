// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The service starts by a shorter command line than it is documented by: both must be one. */
final class MainTest {
  @Test
  void serviceByItself_isTheServeOfTheWholeProgram() {
    for (String[] words :
        new String[][] {{"serve", "--help"}, {"serve", "--nonsense"}, {"serve", "--version"}}) {
      assertThat(run(Main.serviceOnly(words).orElseThrow(), words))
          .isNotEmpty()
          .isEqualTo(run(Main.commandLine(), words));
    }
  }

  @Test
  void anotherCommand_needsTheWholeProgram() {
    assertThat(Main.serviceOnly(new String[] {"get"})).isEmpty();
    assertThat(Main.serviceOnly(new String[] {})).isEmpty();
  }

  private static String run(CommandLine commands, String... words) {
    StringWriter text = new StringWriter();
    commands.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    int code = commands.execute(words);
    return code + "\n" + text;
  }
}
