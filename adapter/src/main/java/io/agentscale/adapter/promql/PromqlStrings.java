// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

/** The strings of PromQL, quoted as Go's are. */
final class PromqlStrings {
  private static final String SIMPLE = "abfnrtv\\'\"";
  private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\'\"";

  private PromqlStrings() {}

  /** Returns a quoted string that stands for a text. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ' || character == 0x7f) {
        quoted.append("\\x%02x".formatted((int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  /** Returns what a quoted string stands for. */
  static String unquote(PromqlToken string) {
    String inner = string.text().substring(1, string.text().length() - 1);
    if (string.text().charAt(0) == '`') {
      return inner;
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < inner.length()) {
      char character = inner.charAt(at);
      at = character == '\\' ? unescape(string, inner, at + 1, text) : at + 1;
      if (character != '\\') {
        text.append(character);
      }
    }
    return text.toString();
  }

  /** Appends what the escape at that place stands for, and returns the place behind it. */
  private static int unescape(PromqlToken string, String inner, int at, StringBuilder text) {
    char letter = inner.charAt(at);
    int simple = SIMPLE.indexOf(letter);
    if (simple >= 0) {
      text.append(MEANING.charAt(simple));
      return at + 1;
    }
    return switch (letter) {
      case 'x' -> number(string, inner, at + 1, 2, 16, text);
      case 'u' -> number(string, inner, at + 1, 4, 16, text);
      case 'U' -> number(string, inner, at + 1, 8, 16, text);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(string, inner, at, 3, 8, text);
      default -> throw bad(string, at);
    };
  }

  private static int number(
      PromqlToken string, String inner, int at, int digits, int radix, StringBuilder text) {
    int end = at + digits;
    if (end > inner.length() || inner.charAt(at) == '+' || inner.charAt(at) == '-') {
      throw bad(string, at);
    }
    try {
      text.appendCodePoint(Integer.parseInt(inner.substring(at, end), radix));
    } catch (IllegalArgumentException e) {
      throw bad(string, at);
    }
    return end;
  }

  private static PromqlException bad(PromqlToken string, int at) {
    return new PromqlException("bad escape in a string", string.offset() + at);
  }
}
