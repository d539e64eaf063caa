// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a template with the delimiters {@code <<} and {@code >>} into words. */
final class TemplateLexer {
  private static final String LEFT = "<<";
  private static final String RIGHT = ">>";
  private static final Pattern COMMENT = Pattern.compile("(- )?/\\*.*?\\*/( -)?>>", Pattern.DOTALL);
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern WORD =
      Pattern.compile(
          "(?<field>\\.(?:[\\p{L}_][\\p{L}\\p{N}_]*)?)|(?<variable>\\$[\\p{L}\\p{N}_]*)"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<number>[-+]?[0-9]+)"
              + "|(?<string>\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`)|(?<symbol>:=|[()|,=])");

  private final String source;
  private final List<TemplateToken> tokens = new ArrayList<>();
  private int at;
  private boolean trimNext;

  private TemplateLexer(String source) {
    this.source = source;
  }

  static List<TemplateToken> tokens(String source) {
    TemplateLexer lexer = new TemplateLexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < source.length()) {
      int left = source.indexOf(LEFT, at);
      String text = source.substring(at, left < 0 ? source.length() : left);
      boolean trimsBefore = left >= 0 && source.startsWith("<<- ", left);
      addText(trimsBefore ? text.stripTrailing() : text);
      if (left < 0) {
        break;
      }
      at = left + LEFT.length();
      if (!skipComment()) {
        at += trimsBefore ? 2 : 0;
        action(left);
      }
    }
    tokens.add(new TemplateToken(Kind.END, "", false));
  }

  private void addText(String text) {
    String trimmed = trimNext ? text.stripLeading() : text;
    trimNext = false;
    if (!trimmed.isEmpty()) {
      tokens.add(new TemplateToken(Kind.TEXT, trimmed, false));
    }
  }

  private boolean skipComment() {
    Matcher comment = COMMENT.matcher(source).region(at, source.length());
    if (!comment.lookingAt()) {
      return false;
    }
    trimNext = comment.group(2) != null;
    at = comment.end();
    return true;
  }

  private void action(int start) {
    Matcher space = SPACE.matcher(source);
    Matcher word = WORD.matcher(source);
    while (!source.startsWith(RIGHT, at)) {
      if (source.startsWith(" -" + RIGHT, at)) {
        trimNext = true;
        at += 2;
      } else if (space.region(at, source.length()).lookingAt()) {
        at = source.startsWith("-" + RIGHT, space.end()) ? space.end() - 1 : space.end();
      } else if (word.region(at, source.length()).lookingAt()) {
        tokens.add(token(word));
        at = word.end();
      } else {
        throw unexpected(start);
      }
    }
    tokens.add(new TemplateToken(Kind.CLOSE, RIGHT, false));
    at += RIGHT.length();
  }

  private TemplateException unexpected(int start) {
    return at >= source.length()
        ? new TemplateException("unclosed action " + source.substring(start))
        : new TemplateException(
            "unexpected " + source.substring(at, at + 1) + " in " + source.substring(start, at));
  }

  private TemplateToken token(Matcher word) {
    String text = word.group();
    boolean attached = !Character.isWhitespace(source.charAt(word.start() - 1));
    if (word.group("string") != null) {
      return new TemplateToken(Kind.STRING, unquoted(text), attached);
    } else if (word.group("field") != null) {
      return new TemplateToken(Kind.FIELD, text.substring(1), attached);
    }
    return new TemplateToken(kind(word), text, attached);
  }

  private static Kind kind(Matcher word) {
    if (word.group("variable") != null) {
      return Kind.VARIABLE;
    } else if (word.group("word") != null) {
      return Kind.WORD;
    }
    return word.group("number") != null ? Kind.NUMBER : Kind.SYMBOL;
  }

  private static String unquoted(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (quoted.charAt(0) == '`') {
      return inner;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char character = inner.charAt(i);
      if (character == '\\') {
        i++;
        character = unescaped(inner.charAt(i));
      }
      text.append(character);
    }
    return text.toString();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\' -> letter;
      default -> throw new TemplateException("unsupported escape \\" + letter + " in a string");
    };
  }
}
