// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A team that writes a rule must not read other teams' series by it, whatever it writes. */
final class ConfinementTest {
  private static final int INPUTS = 100_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "up | up {namespace=\"ours\"}",
        "up{} | up { namespace=\"ours\" }",
        "up{a='b'} | up { namespace=\"ours\", a = \"b\" }",
        "{__name__=`up`} | { namespace=\"ours\", __name__ = \"up\" }",
        "up{namespace=~\".*\"} | up { namespace=\"ours\", namespace =~ \".*\" }",
        "rate(x[5m] offset -1m) | rate ( x {namespace=\"ours\"} [ 5m ] offset - 1m )",
        "sum(x) by (pod) / 2 | sum ( x {namespace=\"ours\"} ) by ( pod ) / 2",
        "sum by (pod) (x) > bool nan | sum by ( pod ) ( x {namespace=\"ours\"} ) > bool nan",
        "a or b # or c | a {namespace=\"ours\"} or b {namespace=\"ours\"}",
        "time() + 1 | time ( ) + 1",
        "sum | sum {namespace=\"ours\"}"
      })
  void everySelector_getsTheMatcher(String query, String confined) {
    assertThat(Promql.confined(query, "namespace", "ours")).isEqualTo(confined);
  }

  @Test
  void carriageReturn_endsNoCommentUnseen() {
    // To Prometheus the comment ends at the carriage return, and what follows is part of the query.
    assertThat(Promql.confined("mine # \r or secret", "namespace", "ours"))
        .isEqualTo("mine {namespace=\"ours\"}");
  }

  @Test
  void namespaceItself_cannotBreakOut() {
    assertThat(Promql.confined("up", "namespace", "a\"} or up{x=\"\\"))
        .isEqualTo("up {namespace=\"a\\\"} or up{x=\\\"\\\\\"}");
  }

  @Test
  void whatCannotBeConfined_isRefused() {
    for (String query : List.of("info(up)", "INFO(up, {a=\"b\"})", "up{", "", "up smoothed")) {
      assertThatThrownBy(() -> Promql.confined(query, "namespace", "ours"))
          .as(query)
          .isInstanceOf(PromqlException.class);
    }
    assertThatThrownBy(() -> Promql.confinedSelector("up or secret", "namespace", "ours"))
        .isInstanceOf(PromqlException.class);
  }

  @Test
  void hostileQueries_areRefusedOrConfined() {
    int confined = 0;
    for (String query : HostileQueries.known()) {
      confined += judged(query) ? 1 : 0;
    }
    assertThat(confined).isGreaterThan(HostileQueries.known().size() - 3);
    for (String query : HostileQueries.made(3, INPUTS)) {
      confined += judged(query) ? 1 : 0;
    }
    assertThat(confined).as("queries that stayed queries").isGreaterThan(INPUTS / 10);
  }

  /** Tells whether the query could be confined, and checks that it then is. */
  private static boolean judged(String query) {
    String confined;
    try {
      confined = Promql.confined(query, "namespace", "ours");
    } catch (PromqlException _) {
      return false;
    }
    List<PromqlToken> tokens = PromqlLexer.tokens(confined);
    PromqlParser parser = new PromqlParser(tokens);
    parser.query();
    for (int name : parser.selectorNames()) {
      assertThat(Set.of("nan", "inf"))
          .as(query)
          .contains(tokens.get(name).text().toLowerCase(Locale.ROOT));
    }
    for (int brace : parser.selectorBraces()) {
      assertThat(tokens.subList(brace + 1, brace + 4).stream().map(PromqlToken::text))
          .as(query)
          .containsExactly("namespace", "=", "\"ours\"");
    }
    boolean clean =
        tokens.stream()
            .filter(token -> token.kind() != Kind.STRING)
            .allMatch(token -> token.text().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#'));
    assertThat(clean).as(query).isTrue();
    return true;
  }
}
