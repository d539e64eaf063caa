// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

/**
 * A word of a template.
 *
 * @param kind what sort of word
 * @param text as written; of strings, what they stand for
 * @param attached whether no space stands before it
 */
record TemplateToken(Kind kind, String text, boolean attached) {
  enum Kind {
    /** Text outside of actions. */
    TEXT,
    /** The end of an action. */
    CLOSE,
    /** A word such as {@code if}, {@code len} or {@code true}. */
    WORD,
    /** {@code .Name}; {@code .} alone has no text. */
    FIELD,
    /** {@code $name}. */
    VARIABLE,
    /** A string constant. */
    STRING,
    /** A whole number. */
    NUMBER,
    /** {@code ( ) | , := =}. */
    SYMBOL,
    /** The end of the template. */
    END
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }
}
