// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.agentscale.adapter.trap.Trap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule whose example is not found is a promise the document makes alone. */
final class LintDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "lint.md");
  private static final Pattern RULE =
      Pattern.compile("(?ms)^### `([a-z-]+)` \\((\\w+)\\)$(.*?)```yaml\n(.*?)```");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\w+) \\|");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  static Stream<Arguments> rules() throws IOException {
    Matcher rule = RULE.matcher(Files.readString(DOCUMENT));
    List<Arguments> rules = new ArrayList<>();
    while (rule.find()) {
      rules.add(arguments(rule.group(1), rule.group(2), rule.group(4)));
    }
    return rules.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void eachRule_isFoundInItsExample(String rule, String severity, String example) {
    Linter linter = new Linter("default");
    linter.addFile("example.yaml", Path.of(""), example);

    assertThat(linter.findings(NOW))
        .filteredOn(finding -> finding.trap().id().equals(rule))
        .as(linter.findings(NOW).toString())
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.trap().severity()).hasToString(severity);
              assertThat(finding.line()).isPositive();
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void noExample_isMalformed_exceptTheOneThatIs(String rule, String severity, String example) {
    Linter linter = new Linter("default");
    linter.addFile("example.yaml", Path.of(""), example);

    assertThat(linter.findings(NOW))
        .filteredOn(finding -> finding.trap() == Trap.MALFORMED)
        .hasSize(rule.equals(Trap.MALFORMED.id()) ? 1 : 0);
  }

  @Test
  void everyRule_isDocumentedOnce() throws IOException {
    List<String> documented =
        new ArrayList<>(rules().map(rule -> rule.get()[0] + " " + rule.get()[1]).toList());
    Matcher row = ROW.matcher(Files.readString(DOCUMENT));
    while (row.find()) {
      documented.add(row.group(1) + " " + row.group(2));
    }

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Trap.values()).map(trap -> trap.id() + " " + trap.severity()).toList());
  }
}
