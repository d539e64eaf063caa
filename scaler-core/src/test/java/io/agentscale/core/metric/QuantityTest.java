// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An HPA reads our texts with Kubernetes' own code: one digit or sign read otherwise scales a
 * service wrongly, and an overflow read as zero scales it away.
 */
final class QuantityTest {
  private static final Path CAPTURED = Path.of("../../shared/vectors/metrics-api/quantity.txt");
  private static final Pattern MEASURED =
      Pattern.compile("^(\\S+)\\tint64=(-?\\d+)\\tjson=\"([^\"]+)\"\\t.*$", Pattern.MULTILINE);
  private static final Pattern PARSED =
      Pattern.compile("^parse (\\S+) -> \"[^\"]+\" milli=(-?\\d+) .*$", Pattern.MULTILINE);

  private static List<MatchResult> captured(Pattern pattern) throws IOException {
    assumeThat(CAPTURED).as("captured reference values; run beside their checkout").exists();
    return pattern.matcher(Files.readString(CAPTURED)).results().toList();
  }

  /** The largest amount of milli units in 64 bits; the reference wraps to the smallest here. */
  private static boolean overflows(double value) {
    return Math.abs(value) * 1000 >= 0x1p63;
  }

  @Test
  void measuredValues_areWrittenAsCaptured_saturatingWhereTheReferenceWraps() throws IOException {
    var softly = new SoftAssertions();
    int exact = 0;
    int saturated = 0;
    for (MatchResult line : captured(MEASURED)) {
      double value = number(line.group(1));
      if (Double.isNaN(value)) {
        softly.assertThatThrownBy(() -> Quantity.of(value)).hasMessageContaining("NaN");
      } else if (overflows(value)) {
        softly
            .assertThat(Quantity.of(value))
            .as(line.group())
            .isEqualTo(value < 0 ? Quantity.MIN : Quantity.MAX);
        saturated++;
      } else {
        softly.assertThat(Quantity.of(value).milli()).as(line.group()).isEqualTo(milli(line));
        softly.assertThat(Quantity.of(value)).as(line.group()).hasToString(line.group(3));
        exact++;
      }
    }
    softly.assertAll();
    assertThat(exact).isEqualTo(49);
    assertThat(saturated).isEqualTo(8);
  }

  @Test
  void texts_areReadAsCaptured_saturatingWhereTheReferenceWraps() throws IOException {
    var softly = new SoftAssertions();
    int saturated = 0;
    for (MatchResult line : captured(PARSED)) {
      Quantity parsed = Quantity.parse(line.group(1));
      if (parsed.equals(Quantity.MAX)) {
        saturated++;
      } else {
        softly.assertThat(parsed.milli()).as(line.group()).isEqualTo(milli(line));
      }
    }
    softly.assertAll();
    assertThat(saturated).isEqualTo(6);
  }

  private static long milli(MatchResult line) {
    return Long.parseLong(line.group(2));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 999, 1000, 1500, -1000, 1_024_000, Long.MAX_VALUE, Long.MIN_VALUE})
  void whatIsWritten_readsBackTheSame(long milli) {
    assertThat(Quantity.parse(Quantity.ofMilli(milli).toString())).isEqualTo(new Quantity(milli));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "1x", "1 k", "--1", "1.2.3", "1e", "1ki", "NaN", "Inf", "1e3k"})
  void whatIsNoQuantity_isRefused(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was: " + text);
  }

  @ParameterizedTest
  @CsvSource({"1e999999999, 9223372036854775807", "-1e999999, -9223372036854775808", "1e-99999, 1"})
  void hugeExponents_costNothing(String text, long milli) {
    assertThat(Quantity.parse(text).milli()).isEqualTo(milli);
  }
}
