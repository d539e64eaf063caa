// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Adds one matcher to every selector of a query. Matchers of a selector must all hold, so that no
 * other matcher on the same label can widen it again.
 *
 * <p>The text given is never passed on: what is returned is written anew from the words that were
 * understood, without comments and with every string quoted anew. What Prometheus reads is then
 * what was read here, even where the two would not split a text at the same place; it ends a
 * comment at a carriage return, for one.
 *
 * @param label of the matcher
 * @param value its only value
 */
record Confinement(String label, String value) {
  /** Joins series that no selector of the query names. */
  private static final Set<String> UNBOUNDED = Set.of("info");

  /** Numbers to Prometheus, in any case of letters. */
  private static final Set<String> NUMBERS = Set.of("inf", "nan");

  String query(String query) {
    List<PromqlToken> tokens = PromqlLexer.tokens(query);
    PromqlParser parser = new PromqlParser(tokens);
    parser.query();
    for (String function : parser.functions()) {
      if (UNBOUNDED.contains(function)) {
        throw new PromqlException(function + "() reads series beyond those it names", 0);
      }
    }
    return rewritten(tokens, parser);
  }

  String selector(String selector) {
    List<PromqlToken> tokens = PromqlLexer.tokens(selector);
    PromqlParser parser = new PromqlParser(tokens);
    parser.selectorOnly();
    return rewritten(tokens, parser);
  }

  private String rewritten(List<PromqlToken> tokens, PromqlParser parser) {
    String matcher = label + "=" + PromqlStrings.quote(value);
    StringJoiner words = new StringJoiner(" ");
    for (int i = 0; i < tokens.size(); i++) {
      PromqlToken token = tokens.get(i);
      if (token.kind() != Kind.END) {
        words.add(
            token.kind() == Kind.STRING
                ? PromqlStrings.quote(PromqlStrings.unquote(token))
                : token.text());
      }
      if (parser.selectorBraces().contains(i)) {
        words.add(tokens.get(i + 1).is("}") ? matcher : matcher + ",");
      } else if (parser.selectorNames().contains(i) && !isNumber(token)) {
        words.add("{" + matcher + "}");
      }
    }
    return words.toString();
  }

  private static boolean isNumber(PromqlToken token) {
    return NUMBERS.contains(token.text().toLowerCase(Locale.ROOT));
  }
}
