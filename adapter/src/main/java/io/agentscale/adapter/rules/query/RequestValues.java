// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import com.google.re2j.Pattern;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.PromqlException;
import io.agentscale.adapter.promql.PromqlToken;
import io.agentscale.adapter.promql.PromqlToken.Kind;
import io.agentscale.adapter.rules.template.GoStrings;
import io.agentscale.adapter.rules.template.Text;
import io.agentscale.adapter.rules.template.Text.Piece;
import io.agentscale.adapter.rules.template.Text.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts what a request brought into a query by the context it lands in, so that a value stays a
 * value.
 *
 * <p>The query is first written with a harmless word in the place of each value and split into
 * PromQL's words. A value inside a string is then escaped for that string, and for the regular
 * expression if the string is one. A value anywhere else must leave the word it is part of one
 * name, number or duration; else the request is refused. In {@link RuleMode#COMPATIBLE} nothing is
 * escaped, and values that would need it are refused.
 */
final class RequestValues {
  private static final String HARMLESS = "v";
  private static final Set<Kind> PLAIN_WORDS = Set.of(Kind.IDENTIFIER, Kind.NUMBER, Kind.DURATION);
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "atan2",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "offset");

  private final RuleMode mode;
  private final StringBuilder draft = new StringBuilder();
  private final List<Placed> placed = new ArrayList<>();

  /** A value, and where its harmless word stands in the draft. */
  private record Placed(Value value, int offset) {}

  private RequestValues(Text text, RuleMode mode) {
    this.mode = mode;
    for (Piece piece : text.pieces()) {
      if (piece instanceof Value value) {
        placed.add(new Placed(value, draft.length()));
        draft.append(HARMLESS);
      } else {
        draft.append(piece.text());
      }
    }
  }

  /**
   * Returns the query.
   *
   * @throws IllegalArgumentException if a value cannot be put where the template wants it
   */
  static String promql(Text text, RuleMode mode) {
    RequestValues values = new RequestValues(text, mode);
    return values.placed.isEmpty() ? values.draft.toString() : values.filledIn();
  }

  private String filledIn() {
    List<PromqlToken> tokens = Promql.tokens(draft.toString());
    StringBuilder query = new StringBuilder();
    int copied = 0;
    int value = 0;
    PromqlToken previous = tokens.getLast();
    for (PromqlToken token : tokens) {
      List<Placed> inside = new ArrayList<>();
      while (value < placed.size() && placed.get(value).offset() < token.end()) {
        inside.add(placed.get(value++));
      }
      // What stands outside of every word stands in a comment: the harmless word remains.
      inside.removeIf(one -> one.offset() < token.offset());
      if (!inside.isEmpty()) {
        query.append(draft, copied, token.offset()).append(filledIn(token, inside, previous));
        copied = token.end();
      }
      previous = token;
    }
    return query.append(draft, copied, draft.length()).toString();
  }

  private String filledIn(PromqlToken token, List<Placed> inside, PromqlToken previous) {
    boolean regex = previous.text().equals("=~") || previous.text().equals("!~");
    StringBuilder filled = new StringBuilder();
    int copied = 0;
    for (Placed one : inside) {
      int at = one.offset() - token.offset();
      filled.append(token.text(), copied, at);
      filled.append(
          token.kind() == Kind.STRING
              ? inString(one.value(), token.text().charAt(0), regex)
              : one.value().text());
      copied = at + HARMLESS.length();
    }
    filled.append(token.text(), copied, token.text().length());
    if (token.kind() != Kind.STRING) {
      requireOneWord(filled.toString());
    }
    return filled.toString();
  }

  private String inString(Value value, char quote, boolean regex) {
    String raw =
        regex && mode == RuleMode.SAFE
            ? String.join("|", value.alternatives().stream().map(Pattern::quote).toList())
            : value.text();
    String escaped = escaped(raw, quote);
    if (mode == RuleMode.COMPATIBLE && !escaped.equals(raw)) {
      throw refused(value.text());
    }
    return escaped;
  }

  private static String escaped(String raw, char quote) {
    return switch (quote) {
      case '"' -> GoStrings.escape(raw);
      // Within single quotes PromQL allows no escaped double quote.
      case '\'' -> GoStrings.escape(raw).replace("\\\"", "\"").replace("'", "\\'");
      default -> {
        if (raw.indexOf('`') >= 0) {
          throw refused(raw);
        }
        yield raw;
      }
    };
  }

  private void requireOneWord(String word) {
    try {
      PromqlToken first = Promql.tokens(word).getFirst();
      if (PLAIN_WORDS.contains(first.kind())
          && first.text().equals(word)
          && !KEYWORDS.contains(word.toLowerCase(Locale.ROOT))) {
        return;
      }
    } catch (PromqlException e) {
      // Prometheus refuses such a query as a whole, so there is no structure to protect.
      if (mode == RuleMode.COMPATIBLE) {
        return;
      }
    }
    throw refused(word);
  }

  private static IllegalArgumentException refused(String value) {
    return new IllegalArgumentException(
        "the rule's metricsQuery uses this value where it would change the query: " + value);
  }
}
