// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How Go quotes and measures text. */
public final class GoStrings {
  private GoStrings() {}

  /**
   * Quotes as {@code %q} does ({@code strconv.Quote}); PromQL reads the result back as the same
   * text.
   */
  public static String quote(String text) {
    return '"' + escape(text) + '"';
  }

  /** Returns what {@link #quote} puts between the quotes. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(character -> appendEscaped(escaped, character));
    return escaped.toString();
  }

  static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void appendEscaped(StringBuilder to, int character) {
    switch (character) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case 0x07 -> to.append("\\a");
      case '\b' -> to.append("\\b");
      case '\f' -> to.append("\\f");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case 0x0b -> to.append("\\v");
      default -> appendOther(to, character);
    }
  }

  private static void appendOther(StringBuilder to, int character) {
    if (isPrintable(character)) {
      to.appendCodePoint(character);
    } else if (character < ' ' || character == 0x7f) {
      to.append(String.format(Locale.ROOT, "\\x%02x", character));
    } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      to.append("\\ufffd");
    } else if (character < 0x10000) {
      to.append(String.format(Locale.ROOT, "\\u%04x", character));
    } else {
      to.append(String.format(Locale.ROOT, "\\U%08x", character));
    }
  }

  /** As {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the space. */
  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }
}
