// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

/**
 * A word of PromQL.
 *
 * @param kind what sort of word
 * @param text as written, quotes included
 * @param offset of its first character
 */
public record PromqlToken(Kind kind, String text, int offset) {

  /** The sorts of words. */
  public enum Kind {
    /** A metric, label or function name, or a keyword. */
    IDENTIFIER,
    /** A quoted string. */
    STRING,
    /** A number. */
    NUMBER,
    /** A duration such as {@code 1h30m}. */
    DURATION,
    /** Brackets, operators, commas. */
    SYMBOL,
    /** The end of the query. */
    END
  }

  /** Returns the offset behind the last character. */
  public int end() {
    return offset + text.length();
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String keyword) {
    return kind == Kind.IDENTIFIER && text.equalsIgnoreCase(keyword);
  }

  String described() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
