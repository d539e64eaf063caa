// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.scrape;

import static io.agentscale.adapter.scrape.ExpositionFormat.OPENMETRICS;
import static io.agentscale.adapter.scrape.ExpositionFormat.PROMETHEUS_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A line read wrongly scales a service wrongly; a line not understood must say where it is. */
final class ExpositionTest {
  record Line(String name, ExpositionFormat format, String text, ExposedSeries expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Line> read_line_isUnderstood() {
    return Stream.of(
        text("bare", "up 1", series("up", Map.of(), 1)),
        text("colons in the name", "vllm:num 2", series("vllm:num", Map.of(), 2)),
        text("empty braces", "up{} 1", series("up", Map.of(), 1)),
        text("labels", "a{b=\"c\",d=\"e\"} 1", series("a", Map.of("b", "c", "d", "e"), 1)),
        text("trailing comma", "a{b=\"c\",} 1", series("a", Map.of("b", "c"), 1)),
        text("no blank before value", "a{b=\"c\"}1", series("a", Map.of("b", "c"), 1)),
        text(
            "blanks everywhere",
            "  a \t{ b = \"c\" , d = \"e\" } \t 1  ",
            series("a", Map.of("b", "c", "d", "e"), 1)),
        text("escapes", "a{b=\"x\\\\y\\\"z\\n}\"} 1", series("a", Map.of("b", "x\\y\"z\n}"), 1)),
        text(
            "braces, commas, hashes in a value",
            "a{b=\"{,}# =\"} 1",
            series("a", Map.of("b", "{,}# ="), 1)),
        text("beyond ASCII", "a{b=\"编码者\"} 1", series("a", Map.of("b", "编码者"), 1)),
        text(
            "plus infinity",
            "a{le=\"+Inf\"} +Inf",
            series("a", Map.of("le", "+Inf"), Double.POSITIVE_INFINITY)),
        text("minus infinity", "a -Inf", series("a", Map.of(), Double.NEGATIVE_INFINITY)),
        text("not a number", "a NaN", series("a", Map.of(), Double.NaN)),
        text("exponent", "a 1.5e+06", series("a", Map.of(), 1.5e6)),
        text("carriage return", "a 1\r", series("a", Map.of(), 1)),
        text("timestamp in ms", "a 1 1700000000123", at("a", 1, 1700000000123L)),
        text("negative timestamp", "a 1 -1", at("a", 1, -1)),
        open("timestamp in s", "a_total 1 1700000000.5", at("a_total", 1, 1700000000500L)),
        open("exemplar", "a_total 1 # {trace=\"x\"} 0.5", series("a_total", Map.of(), 1)),
        open("timestamp and exemplar", "a 1 2 # {} 0.5 3.5", at("a", 1, 2000)));
  }

  record Fault(String name, ExpositionFormat format, String text, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> read_malformed_namesLineAndColumn() {
    return Stream.of(
        bad("no value", "a", "line 2: expected a value at column 2, found the end"),
        bad("word as value", "a one", "expected a number at column 3, found 'one'"),
        bad("Java's number", "a 1d", "expected a number at column 3"),
        bad("name from a digit", "9a 1", "expected the name of a series at column 1"),
        bad("HTML", "<html>", "expected the name of a series at column 1, found '<html>'"),
        bad("open braces", "a{b=\"c\"", "expected '}' at column 8, found the end"),
        bad("open quotes", "a{b=\"c} 1", "expected '\"' at column 10, found the end"),
        bad("no quotes", "a{b=c} 1", "expected '\"' at column 5"),
        bad("no equals", "a{b} 1", "expected '=' at column 4"),
        bad("colon in label", "a{b:c=\"d\"} 1", "expected '=' at column 4"),
        bad("label twice", "a{b=\"c\",b=\"d\"} 1", "each label once, not b again"),
        bad("odd escape", "a{b=\"\\t\"} 1", "expected n, \" or \\ behind a backslash at column 7"),
        bad("escape at the end", "a{b=\"\\", "expected the character a backslash escapes"),
        bad("fraction in ms", "a 1 1.5", "expected a timestamp at column 5"),
        bad("a third number", "a 1 2 3", "expected nothing more at column 7"),
        bad("exemplar outside OpenMetrics", "a 1 # {} 1", "expected nothing more"),
        openBad("exemplar without labels", "a 1 # 1\n# EOF\n", "the labels of an exemplar"),
        openBad("exemplar without value", "a 1 # {}\n# EOF\n", "the value of an exemplar"),
        openBad("no EOF", "a 1\n", "line 2: the answer ends without # EOF"),
        openBad("more after EOF", "# EOF\na 1\n", "line 3: more follows # EOF"),
        openBad("time out of range", "a 1 999999999999999999\n# EOF\n", "expected a timestamp"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void read_line_isUnderstood(Line line) throws IOException {
    String end = line.format == OPENMETRICS ? "\n# EOF\n" : "\n";

    assertThat(read("# HELP a b\n" + line.text + end, line.format)).containsExactly(line.expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void read_malformed_namesLineAndColumn(Fault fault) {
    assertThatThrownBy(() -> read("# one\n" + fault.text, fault.format))
        .isInstanceOf(ExpositionException.class)
        .hasMessageContaining(fault.says)
        .hasMessageStartingWith("line ");
  }

  @Test
  void read_notUtf8_namesTheLine() {
    byte[] bytes = {'a', ' ', '1', '\n', 'b', '{', 'c', '=', '"', (byte) 0xff, '"', '}', ' ', '1'};

    assertThatThrownBy(() -> read(bytes, PROMETHEUS_TEXT)).hasMessage("line 2: is not UTF-8");
  }

  @Test
  void read_unwanted_isCheckedAndDropped() throws IOException {
    assertThat(
            Exposition.read(
                new ByteArrayInputStream("a 1\nb 2\n".getBytes(StandardCharsets.UTF_8)),
                PROMETHEUS_TEXT,
                "b"::equals))
        .containsExactly(series("b", Map.of(), 2));
    assertThatThrownBy(
            () ->
                Exposition.read(
                    new ByteArrayInputStream("a one\nb 2\n".getBytes(StandardCharsets.UTF_8)),
                    PROMETHEUS_TEXT,
                    "b"::equals))
        .hasMessageStartingWith("line 1: ");
  }

  @Test
  void read_histogram_isPlainSeries() throws IOException {
    assertThat(
            read(
                """
                # HELP h A histogram.
                # TYPE h histogram
                h_bucket{le="1"} 2
                h_bucket{le="+Inf"} 3

                h_sum 4.5
                h_count 3
                """,
                PROMETHEUS_TEXT))
        .extracting(ExposedSeries::name)
        .containsExactly("h_bucket", "h_bucket", "h_sum", "h_count");
  }

  /** Whatever bytes a pod sends, the answer is series or the one typed failure. */
  @Test
  void read_mutated_neverFailsOtherwise() throws IOException {
    String sound =
        """
        # TYPE a counter
        a_total{b="c\\n\\"d\\\\",e="f"} 1.5e+06 1700000000 # {trace="x"} 0.5 1.5
        g{le="+Inf"} NaN
        # EOF
        """;
    SplittableRandom random = new SplittableRandom(20_260_101);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        byte mutant =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}\",=\\#\n 1".charAt(random.nextInt(10));
        bytes[random.nextInt(bytes.length)] = mutant;
      }
      try {
        assertThat(read(bytes, round % 2 == 0 ? OPENMETRICS : PROMETHEUS_TEXT)).hasSizeLessThan(9);
      } catch (ExpositionException e) {
        assertThat(e).hasMessageStartingWith("line ");
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 19_900);
  }

  @Test
  void of_contentType_isRecognised() {
    assertThat(ExpositionFormat.of("text/plain; version=0.0.4; charset=utf-8"))
        .hasValue(PROMETHEUS_TEXT);
    assertThat(ExpositionFormat.of("Application/OpenMetrics-Text;version=1.0.0"))
        .hasValue(OPENMETRICS);
    assertThat(ExpositionFormat.of(null)).hasValue(PROMETHEUS_TEXT);
    assertThat(ExpositionFormat.of("text/html")).isEmpty();
  }

  private static List<ExposedSeries> read(String text, ExpositionFormat format) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private static List<ExposedSeries> read(byte[] bytes, ExpositionFormat format)
      throws IOException {
    return Exposition.read(new ByteArrayInputStream(bytes), format, name -> true);
  }

  private static Line text(String name, String text, ExposedSeries expected) {
    return new Line(name, PROMETHEUS_TEXT, text, expected);
  }

  private static Line open(String name, String text, ExposedSeries expected) {
    return new Line(name, OPENMETRICS, text, expected);
  }

  private static Fault bad(String name, String text, String says) {
    return new Fault(name, PROMETHEUS_TEXT, text, says);
  }

  private static Fault openBad(String name, String text, String says) {
    return new Fault(name, OPENMETRICS, text, says);
  }

  private static ExposedSeries series(String name, Map<String, String> labels, double value) {
    return new ExposedSeries(name, labels, value, Optional.empty());
  }

  private static ExposedSeries at(String name, double value, long millis) {
    return new ExposedSeries(name, Map.of(), value, Optional.of(Instant.ofEpochMilli(millis)));
  }
}
