// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.metric.LabelRequirement.Operator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A selector read otherwise than the API server reads it selects other pods, and so scales on other
 * values; its errors reach people through the HPA's status, where they know the API server's words.
 */
final class LabelSelectorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b                  | a = [b]",
        "a==b                 | a == [b]",
        "a!=b                 | a != [b]",
        "a                    | a exists []",
        "!a                   | a ! []",
        "a in (c,b)           | a in [b, c]",
        "a notin (b)          | a notin [b]",
        "a>5                  | a gt [5]",
        "a < 5                | a lt [5]",
        "a=                   | a = []",
        "a=,b=c               | a = [] & b = [c]",
        "a in (,)             | a in []",
        "a in ()              | a in []",
        "a in (b,)            | a in [, b]",
        "a in (,,b)           | a in [, b]",
        "in=notin             | in = [notin]",
        "in in (in)           | in in [in]",
        "notin                | notin exists []",
        "x,in                 | x exists [] & in exists []",
        "app.kubernetes.io/name=x | app.kubernetes.io/name = [x]",
        " a = b , ! c         | a = [b] & c ! []",
      })
  void readsEveryForm(String text, String read) {
    assertThat(
            LabelSelector.parse(text).requirements().stream()
                .map(r -> r.key() + " " + r.operator().text() + " " + r.values())
                .collect(Collectors.joining(" & ")))
        .isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void nothingWritten_selectsEverything(String text) {
    assertThat(LabelSelector.parse(text)).isEqualTo(LabelSelector.EVERYTHING);
    assertThat(LabelSelector.EVERYTHING.matches(Map.of("any", "thing"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a===b      | unable to parse requirement: found '=', expected: identifier",
        "=b         | found '=', expected: !, identifier, or 'end of string'",
        "a=b,       | found '', expected: identifier after ','",
        "a=b,,c     | found ',', expected: identifier after ','",
        "a b        | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a=b c      | found 'c', expected: ',' or 'end of string'",
        "!a=b       | found '=', expected: ',' or 'end of string'",
        "!          | unable to parse requirement: found '', expected: identifier",
        "a in b     | unable to parse requirement: found 'b' expected: '('",
        "a in (b    | unable to parse requirement: found '', expected: ',' or ')'",
        "a in (b c) | unable to parse requirement: found 'c', expected: ',' or ')'",
        "a in (     | unable to parse requirement: found '', expected: ',', ')' or identifier",
        "a>b        | unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
        "a/b/c=d    | unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
        "-a=b       | unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "a=b*       | unable to parse requirement: values[0][a]: Invalid value: \"b*\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      })
  void refuses_inTheApiServersWords(String text, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void tooLongAName_isRefused() {
    assertThatThrownBy(() -> LabelSelector.parse("a=" + "b".repeat(64)))
        .hasMessageContaining("must be no more than 63");
    assertThatThrownBy(() -> LabelSelector.parse("b".repeat(64)))
        .hasMessageContaining("name part must be no more than 63");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=x        | true",
        "app=y        | false",
        "app!=y       | true",
        "none!=y      | true",
        "app in (x,y) | true",
        "app notin (x)| false",
        "none notin (x)| true",
        "app          | true",
        "none         | false",
        "!none        | true",
        "size>4       | true",
        "size>5       | false",
        "size<6       | true",
        "none<6       | false",
        "app>1        | false",
        "app=x,size=5 | true",
        "app=x,size=6 | false",
      })
  void selects(String text, boolean selected) {
    assertThat(LabelSelector.parse(text).matches(Map.of("app", "x", "size", "5")))
        .isEqualTo(selected);
  }

  @Test
  void values_areDistinctAndSorted() {
    assertThat(new LabelRequirement("a", Operator.IN, List.of("c", "b", "c")).values())
        .containsExactly("b", "c");
  }
}
