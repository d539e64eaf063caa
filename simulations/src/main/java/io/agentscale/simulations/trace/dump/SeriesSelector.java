// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.PromqlToken;
import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which series of a dump are meant, as PromQL writes it: {@code name{label="x",other=~"a|b"}}.
 *
 * @param text as it was written
 * @param matchers all of which must agree; the name is the label {@code __name__}
 */
record SeriesSelector(String text, List<Matcher> matchers) {
  /** One condition on one label; an absent label is empty. */
  private record Matcher(String label, boolean isNegated, Pattern value) {
    boolean agrees(String found) {
      return value.matcher(found).matches() != isNegated;
    }
  }

  /**
   * Reads a selector.
   *
   * @throws IllegalArgumentException if it is none
   */
  static SeriesSelector parse(String text) {
    Promql.checkSelector(text);
    List<PromqlToken> tokens = Promql.tokens(text);
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.getFirst().kind() == Kind.IDENTIFIER) {
      matchers.add(
          new Matcher(
              "__name__", false, Pattern.compile(tokens.getFirst().text(), Pattern.LITERAL)));
    }
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i + 2).kind() == Kind.STRING) {
        matchers.add(matcher(tokens.get(i).text(), tokens.get(i + 1).text(), tokens.get(i + 2)));
      }
    }
    return new SeriesSelector(text, matchers);
  }

  private static Matcher matcher(String label, String operator, PromqlToken string) {
    String value = Promql.unquoted(string);
    try {
      int flags = operator.endsWith("~") ? Pattern.DOTALL : Pattern.LITERAL;
      return new Matcher(label, operator.startsWith("!"), Pattern.compile(value, flags));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "series: must have regular expressions that are some, was: " + value, e);
    }
  }

  boolean matches(String name, Map<String, String> labels) {
    for (Matcher matcher : matchers) {
      String found =
          matcher.label.equals("__name__") ? name : labels.getOrDefault(matcher.label, "");
      if (!matcher.agrees(found)) {
        return false;
      }
    }
    return true;
  }
}
