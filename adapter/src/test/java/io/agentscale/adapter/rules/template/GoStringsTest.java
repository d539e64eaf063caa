// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A value quoted otherwise than Go does is another value to Prometheus, or ends its string early.
 */
final class GoStringsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "plain,plain",
        "a\"b,a\\\"b",
        "a\\b,a\\\\b",
        "it's,it's",
        "é,é",
        "\ud83d\ude00,\ud83d\ude00",
        "a\u0007\b\f\u000bb,a\\a\\b\\f\\vb",
        "a\tb,a\\tb",
        "a\u0000\u001f\u007fb,a\\x00\\x1f\\x7fb",
        "a\u00a0b,a\\u00a0b",
        "a\u2028b,a\\u2028b",
        "a\u200eb,a\\u200eb",
        "a\ud83db,a\\ufffdb",
        "a\udb40\udc01b,a\\U000e0001b"
      })
  void quote_asGo(String text, String expected) {
    assertThat(GoStrings.quote(text)).isEqualTo('"' + expected + '"');
  }
}
