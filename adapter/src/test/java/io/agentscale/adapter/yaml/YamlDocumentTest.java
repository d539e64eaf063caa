// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it ends with values or with problems, never with a crash. */
final class YamlDocumentTest {

  @Test
  void scalars_areReadAsTheTypeAskedFor() {
    assertThat(text("a: b")).contains("b");
    assertThat(text("a: 010")).contains("010");
    assertThat(text("a: 'true'")).contains("true");
    assertThat(text("a: |\n  x\n  y\n")).contains("x\ny\n");
    assertThat(text("a: null")).isEmpty();
    assertThat(text("a:")).isEmpty();
    assertThat(text("a: ''")).contains("");
  }

  @Test
  void collections_keepTheirOrder() {
    assertThat(list("a: [x, y]")).containsExactly("x", "y");
    Map<String, String> map = parse("a: {z: 1, y: 2}", m -> m.map("a", YamlValue::string));
    assertThat(map.keySet()).containsExactly("z", "y");
    assertThat(list("{}")).isEmpty();
  }

  @Test
  void aliases_areFollowed() {
    assertThat(list("a: [&x one, *x]")).containsExactly("one", "one");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "90s,PT1M30S",
    "1m30s,PT1M30S",
    "14d,PT336H",
    "2w,PT336H",
    "1y,PT8760H"
  })
  void duration_isRead(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "5 s", "s", "5x", "1.5h", "0s", "9999999999s"})
  void duration_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(", was: " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "? [a]\n: b",
        "a: &a [*a]",
        "a: !!binary x\nb",
        "a: *nowhere",
        "%YAML 9.9\n---\na: b\nb",
        "\u0000",
        "{a: b",
        "a: {{{{{{}"
      })
  void hostileText_isRefusedWithAPlace(String yaml) {
    assertThatThrownBy(() -> text(yaml))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageStartingWith("test.yaml:");
  }

  @Test
  void longValues_areShortenedInMessages() {
    assertThatThrownBy(() -> parse("a: " + "x".repeat(200), m -> m.optional("a", YamlValue::bool)))
        .hasMessage("test.yaml:1:4: a: must be true or false, was: " + "x".repeat(60) + "…");
  }

  @Test
  void read_notUtf8_namesTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

    assertThatThrownBy(() -> YamlDocument.read(file, YamlMapping::location))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": must be UTF-8 text");
  }

  private static Optional<String> text(String yaml) {
    return parse(yaml, mapping -> mapping.optional("a", YamlValue::string));
  }

  private static List<String> list(String yaml) {
    return parse(yaml, mapping -> mapping.list("a", YamlValue::string));
  }

  private static <T> T parse(String yaml, Function<YamlMapping, T> reader) {
    return YamlDocument.parse("test.yaml", Path.of("."), yaml, reader);
  }
}
