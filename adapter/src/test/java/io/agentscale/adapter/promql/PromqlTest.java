// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule refused for a query that Prometheus would answer breaks a working configuration. */
final class PromqlTest {

  @ParameterizedTest
  @MethodSource("io.agentscale.adapter.promql.PromqlExamples#good")
  void checkQuery_prometheusAccepts_accepts(String query) {
    assertThatCode(() -> Promql.checkQuery(query)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("io.agentscale.adapter.promql.PromqlExamples#newer")
  void checkQuery_newerPrometheusAccepts_accepts(String query) {
    assertThatCode(() -> Promql.checkQuery(query)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("io.agentscale.adapter.promql.PromqlExamples#bad")
  void checkQuery_prometheusRefuses_refuses(String query) {
    assertThatThrownBy(() -> Promql.checkQuery(query)).isInstanceOf(PromqlException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "sum(x by (pod); PromQL, character 7: expected ')', was: 'by'",
        "x{a=b}; PromQL, character 5: expected a string, was: 'b'",
        "x{a=\"b}; PromQL, character 5: a string has no end",
        "x[5x]; PromQL, character 3: unexpected '5'",
        "x $ y; PromQL, character 3: unexpected '$'",
        "x{a=~\"(\"}; PromQL, character 6: bad regular expression: missing closing ): (",
        "; PromQL, character 1: expected an expression, was: the end"
      })
  void checkQuery_badShape_saysWhereAndWhat(String query, String message) {
    assertThatThrownBy(() -> Promql.checkQuery(query == null ? "" : query)).hasMessage(message);
  }

  @Test
  void checkSelector_onlyASelectorPasses() {
    assertThatCode(() -> Promql.checkSelector("up{job=\"x\"}\n")).doesNotThrowAnyException();
    assertThatCode(() -> Promql.checkSelector("{__name__=~\"^c_.*\",pod!=\"\"}"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Promql.checkSelector("sum(up)"))
        .hasMessage("PromQL, character 4: expected the end, was: '('");
    assertThatThrownBy(() -> Promql.checkSelector("up[5m]")).isInstanceOf(PromqlException.class);
  }

  @Test
  void skeleton_blanksLiteralsAndKeepsStructure() {
    assertThat(Promql.skeleton("sum(rate(m{a=\"x\",b=~'y'}[5m])) by (pod) > 1.5e3 # end"))
        .isEqualTo(
            "sum ( rate ( m { LABEL = STRING , LABEL =~ STRING } [ DURATION ] ) ) by ( pod ) >"
                + " NUMBER ");
  }

  @Test
  void checkQuery_aThousandPods_isNoProblem() {
    String names = "some-pod-with-a-long-name-0123456789\\\\.x|".repeat(5_000);

    assertThatCode(() -> Promql.checkQuery("x{pod=~\"" + names + "\"}")).doesNotThrowAnyException();
  }

  @Test
  void checkQuery_nestedWithoutEnd_isRefusedNotOverflowing() {
    assertThatThrownBy(() -> Promql.checkQuery("(".repeat(100_000)))
        .hasMessageContaining("nested deeper than");
  }
}
