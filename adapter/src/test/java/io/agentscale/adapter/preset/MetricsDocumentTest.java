// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The document of the presets is read by people who choose targets by it. Its generated part is
 * written anew with {@code -Ddocs.write=true}.
 */
final class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final String BEGIN = "<!-- presets: begin; generated from the code -->\n";
  private static final String END = "<!-- presets: end -->\n";

  @Test
  void document_saysWhatTheCodeDoes() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, text.substring(0, begin) + presets() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end))
        .as(
            "mend: mvn -pl adapter -am test -Dtest=MetricsDocumentTest -Dsurefire.argLine=-Ddocs.write=true")
        .isEqualTo(presets());
  }

  private static String presets() {
    StringBuilder text = new StringBuilder("\n");
    for (Preset preset : Preset.values()) {
      PresetMetric metric = preset.metric();
      text.append("## `%s`\n\n".formatted(metric.name()))
          .append("| | |\n|---|---|\n")
          .append("| meaning | %s |\n".formatted(metric.meaning()))
          .append("| unit | %s |\n".formatted(metric.unit()))
          .append("| target | %s |\n\n".formatted(metric.targetAdvice()))
          .append("| source | product | value |\n|---|---|---|\n");
      for (Source source : metric.sources()) {
        String terms =
            source.terms().stream().map(MetricsDocumentTest::term).collect(joining(" + "));
        text.append("| `%s` | %s | %s |\n".formatted(source.id(), source.product(), terms));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String term(Term term) {
    String matchers =
        term.filters().stream()
            .map(filter -> filter.matcher().promql().replace("|", "\\|"))
            .collect(joining(","));
    String series = term.series() + (matchers.isEmpty() ? "" : "{" + matchers + "}");
    return switch (term.kind()) {
      case GAUGE -> "`" + series + "`";
      case RATE -> Math.round(term.factor()) + " × rate of `" + series + "`";
    };
  }
}
