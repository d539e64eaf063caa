// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import java.util.List;
import java.util.StringJoiner;

/**
 * The shape of PromQL queries. What Prometheus accepts is accepted here; functions, types and the
 * existence of metrics are left for Prometheus to judge.
 */
public final class Promql {
  private Promql() {}

  /**
   * Checks that a text is one expression.
   *
   * @throws PromqlException with the place of the first fault
   */
  public static void checkQuery(String query) {
    new PromqlParser(PromqlLexer.tokens(query)).query();
  }

  /**
   * Checks that a text is one selector such as {@code up{job="x"}}.
   *
   * @throws PromqlException with the place of the first fault
   */
  public static void checkSelector(String selector) {
    new PromqlParser(PromqlLexer.tokens(selector)).selectorOnly();
  }

  /**
   * Splits a text into words, the last being the end.
   *
   * @throws PromqlException if a part of it is no word of PromQL
   */
  public static List<PromqlToken> tokens(String query) {
    return List.copyOf(PromqlLexer.tokens(query));
  }

  /**
   * Returns a query that reads what the given one reads, among the series with one label value
   * only.
   *
   * @throws PromqlException if it is no query, or one whose reach cannot be told
   */
  public static String confined(String query, String label, String value) {
    return new Confinement(label, value).query(query);
  }

  /**
   * Returns a selector of those series of the given one that have one label value.
   *
   * @throws PromqlException if it is no selector
   */
  public static String confinedSelector(String selector, String label, String value) {
    return new Confinement(label, value).selector(selector);
  }

  /**
   * Returns what a quoted string stands for.
   *
   * @throws PromqlException if it has an escape that PromQL does not know
   */
  public static String unquoted(PromqlToken string) {
    return PromqlStrings.unquote(string);
  }

  /**
   * Returns the structure of a query: its words, with every literal and every label name between
   * braces blanked. Two queries of one structure differ in nothing but values.
   *
   * @throws PromqlException if a part of it is no word of PromQL
   */
  public static String skeleton(String query) {
    StringJoiner words = new StringJoiner(" ");
    int braces = 0;
    for (PromqlToken token : PromqlLexer.tokens(query)) {
      braces += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      words.add(
          switch (token.kind()) {
            case STRING -> "STRING";
            case NUMBER -> "NUMBER";
            case DURATION -> "DURATION";
            case IDENTIFIER -> braces > 0 ? "LABEL" : token.text();
            case SYMBOL -> token.text();
            case END -> "";
          });
    }
    return words.toString();
  }
}
