// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.template;

import io.agentscale.adapter.rules.template.Text.Literal;
import io.agentscale.adapter.rules.template.Text.Piece;
import io.agentscale.adapter.rules.template.Text.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code printf} format with the verbs {@code %s %q %d %v %%}.
 *
 * @param literals what stands before each verb, and behind the last
 * @param verbs between them
 */
record GoFormat(List<String> literals, List<Character> verbs) {
  private static final Pattern PART = Pattern.compile("[^%]+|%[sqdv%]");

  static GoFormat parse(String format) {
    List<String> literals = new ArrayList<>();
    List<Character> verbs = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher part = PART.matcher(format);
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      switch (part.group()) {
        case "%%" -> literal.append('%');
        case "%s", "%q", "%d", "%v" -> {
          literals.add(literal.toString());
          verbs.add(part.group().charAt(1));
          literal.setLength(0);
        }
        default -> literal.append(part.group());
      }
    }
    if (end < format.length()) {
      throw new TemplateException("printf knows %s %q %d %v %%, was given \"" + format + "\"");
    }
    literals.add(literal.toString());
    return new GoFormat(literals, verbs);
  }

  void check(List<GoType> types) {
    if (types.size() != verbs.size()) {
      throw new TemplateException(
          "printf needs " + verbs.size() + " values, was given " + types.size());
    }
    for (int i = 0; i < types.size(); i++) {
      if (!fits(verbs.get(i), types.get(i))) {
        throw new TemplateException("printf: %" + verbs.get(i) + " cannot print " + types.get(i));
      }
    }
  }

  private static boolean fits(char verb, GoType type) {
    return switch (verb) {
      case 'd' -> type == GoType.WHOLE;
      case 'q' -> type == GoType.TEXT;
      case 's' -> type == GoType.TEXT || type == GoType.TEXTS || type == GoType.TEXT_MAP;
      default -> type != GoType.FIELDS;
    };
  }

  Text apply(List<GoValue> values) {
    List<Text> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      texts.add(Text.literal(literals.get(i)));
      Text printed = values.get(i).printed();
      texts.add(verbs.get(i) == 'q' ? quoted(printed) : printed);
    }
    texts.add(Text.literal(literals.getLast()));
    return Text.concat(texts);
  }

  private static Text quoted(Text text) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Literal("\""));
    for (Piece piece : text.pieces()) {
      pieces.add(
          switch (piece) {
            case Literal literal -> new Literal(GoStrings.escape(literal.text()));
            // Escaped where it is used, as every value of a request is.
            case Value value -> value;
          });
    }
    pieces.add(new Literal("\""));
    return new Text(pieces);
  }
}
