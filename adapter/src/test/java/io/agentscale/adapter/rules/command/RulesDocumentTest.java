// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A command that is shown with its output is tried by whoever reads it. */
final class RulesDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
  private static final Pattern SHOWN =
      Pattern.compile("(?ms)^```\\n\\$ agentscale (.*?)\\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  record Shown(String command, String output) {
    @Override
    public String toString() {
      return command;
    }
  }

  static Stream<Shown> shown() throws IOException {
    Matcher shown = SHOWN.matcher(Files.readString(DOCUMENT));
    List<Shown> all = new ArrayList<>();
    while (shown.find()) {
      all.add(new Shown(shown.group(1), shown.group(2)));
    }
    assertThat(all).hasSizeGreaterThan(3);
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void shown(Shown shown) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(shown.command);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      // The reader is at the root of the checkout, the test in a module.
      words.add(text.startsWith("docs/") ? "../" + text : text);
    }
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));

    commands.execute(words.toArray(String[]::new));

    assertThat(out.toString().replace("../docs/", "docs/").lines().map(String::stripTrailing))
        .containsExactlyElementsOf(shown.output.lines().map(String::stripTrailing).toList());
  }
}
