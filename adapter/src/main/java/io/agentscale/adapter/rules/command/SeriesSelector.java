// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import com.google.re2j.Pattern;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.PromqlToken;
import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A selector taken apart.
 *
 * @param matchers in the order written; a metric name before the braces is the first
 */
record SeriesSelector(List<Matcher> matchers) {
  private static final String NAME = "__name__";

  /** One condition on a label. */
  record Matcher(String label, String operator, String value) {
    boolean isName() {
      return label.equals(NAME);
    }

    boolean matches(String text) {
      return switch (operator) {
        case "=" -> value.equals(text);
        case "!=" -> !value.equals(text);
        case "=~" -> Pattern.matches(value, text);
        default -> !Pattern.matches(value, text);
      };
    }

    /** Tells whether a series must have the label; to Prometheus an absent one is empty. */
    boolean demandsLabel() {
      return !matches("");
    }

    /** Tells whether this asks for no more than that the label is there. */
    boolean isPresence() {
      return operator.equals("!=") && value.isEmpty();
    }

    @Override
    public String toString() {
      return label + operator + '"' + value + '"';
    }
  }

  SeriesSelector {
    matchers = List.copyOf(matchers);
  }

  /** Takes a selector apart that has been checked to be one. */
  static SeriesSelector parse(String selector) {
    List<PromqlToken> tokens = Promql.tokens(selector);
    List<Matcher> matchers = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      PromqlToken token = tokens.get(i);
      boolean word = token.kind() == Kind.IDENTIFIER || token.kind() == Kind.STRING;
      if (word && i + 2 < tokens.size() && tokens.get(i + 2).kind() == Kind.STRING) {
        matchers.add(
            new Matcher(text(token), tokens.get(i + 1).text(), Promql.unquoted(tokens.get(i + 2))));
        i += 2;
      } else if (word) {
        matchers.add(new Matcher(NAME, "=", text(token)));
      }
    }
    return new SeriesSelector(matchers);
  }

  private static String text(PromqlToken token) {
    return token.kind() == Kind.STRING ? Promql.unquoted(token) : token.text();
  }

  /** Returns the only name its series can have, if it says so. */
  Optional<String> literalName() {
    return matchers.stream()
        .filter(matcher -> matcher.isName() && matcher.operator().equals("="))
        .map(Matcher::value)
        .findFirst();
  }

  /** Returns the condition that a series of this name fails; labels are not looked at. */
  Optional<Matcher> refusing(String name) {
    return matchers.stream()
        .filter(Matcher::isName)
        .filter(matcher -> !matcher.matches(name))
        .findFirst();
  }

  /** Returns the conditions on labels. */
  List<Matcher> labels() {
    return matchers.stream().filter(matcher -> !matcher.isName()).toList();
  }
}
