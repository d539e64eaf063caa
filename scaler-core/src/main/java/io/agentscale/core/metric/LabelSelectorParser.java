// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import io.agentscale.core.metric.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text form of a label selector with the grammar, and the error texts, of {@code
 * k8s.io/apimachinery/pkg/labels}.
 */
final class LabelSelectorParser {
  private static final String SYMBOLS = "=!(),<>";
  private static final Set<String> TOKENS =
      Set.of("=", "==", "!=", "!", "(", ")", ",", "<", ">", "in", "notin");
  private static final Map<String, Operator> BINARY_OPERATORS =
      Map.of(
          "=", Operator.EQUALS,
          "==", Operator.DOUBLE_EQUALS,
          "!=", Operator.NOT_EQUALS,
          "in", Operator.IN,
          "notin", Operator.NOT_IN,
          ">", Operator.GREATER_THAN,
          "<", Operator.LESS_THAN);
  private static final String END = "";

  private final List<String> tokens;
  private int next;

  LabelSelectorParser(String text) {
    tokens = tokens(text);
  }

  List<LabelRequirement> parse() {
    List<LabelRequirement> requirements = new ArrayList<>();
    if (peek().equals(END)) {
      return requirements;
    }
    if (!beginsRequirement(peek())) {
      throw new IllegalArgumentException(
          "found '" + peek() + "', expected: !, identifier, or 'end of string'");
    }
    while (true) {
      requirements.add(requirement());
      String separator = take();
      if (separator.equals(END)) {
        return requirements;
      }
      if (!separator.equals(",")) {
        throw new IllegalArgumentException(
            "found '" + separator + "', expected: ',' or 'end of string'");
      }
      if (!beginsRequirement(peek())) {
        throw new IllegalArgumentException(
            "found '" + peek() + "', expected: identifier after ','");
      }
    }
  }

  private static boolean beginsRequirement(String token) {
    return isWord(token) || token.equals("!");
  }

  private LabelRequirement requirement() {
    boolean negated = peek().equals("!");
    if (negated) {
      take();
    }
    String key = take();
    if (!isWord(key)) {
      throw unparsable("found '" + key + "', expected: identifier");
    }
    LabelSyntax.requireKey(key);
    if (negated) {
      return new LabelRequirement(key, Operator.DOES_NOT_EXIST, List.of());
    }
    if (peek().equals(END) || peek().equals(",")) {
      return new LabelRequirement(key, Operator.EXISTS, List.of());
    }
    return comparison(key);
  }

  private LabelRequirement comparison(String key) {
    String symbol = take();
    Operator operator = BINARY_OPERATORS.get(symbol);
    if (operator == null) {
      throw unparsable("found '" + symbol + "', expected: in, notin, =, ==, !=, gt, lt");
    }
    List<String> values =
        operator == Operator.IN || operator == Operator.NOT_IN ? valueList() : List.of(value());
    if (operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN) {
      LabelSyntax.requireInteger(values.getFirst());
    }
    values.forEach(value -> LabelSyntax.requireValue(key, value));
    return new LabelRequirement(key, operator, values);
  }

  private String value() {
    if (peek().equals(END) || peek().equals(",")) {
      return "";
    }
    String value = take();
    if (!isWord(value)) {
      throw unparsable("found '" + value + "', expected: identifier");
    }
    return value;
  }

  private List<String> valueList() {
    if (!peek().equals("(")) {
      throw unparsable("found '" + peek() + "' expected: '('");
    }
    take();
    // The API server reads an empty list as one empty value.
    if (!isWord(peek()) && !peek().equals(",") && !peek().equals(")")) {
      throw unparsable("found '" + peek() + "', expected: ',', ')' or identifier");
    }
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(listedValue());
      String separator = take();
      if (separator.equals(")")) {
        return values;
      }
      if (!separator.equals(",")) {
        throw unparsable("found '" + separator + "', expected: ',' or ')'");
      }
    }
  }

  /** Nothing between two separators stands for the empty value. */
  private String listedValue() {
    if (peek().equals(",") || peek().equals(")")) {
      return "";
    }
    String value = take();
    if (!isWord(value)) {
      throw unparsable("found '" + value + "', expected: ',', or identifier");
    }
    return value;
  }

  private static IllegalArgumentException unparsable(String cause) {
    return new IllegalArgumentException("unable to parse requirement: " + cause);
  }

  /** Also {@code in} and {@code notin}, which are operators only where one is expected. */
  private static boolean isWord(String token) {
    return !token.equals(END) && isWordCharacter(token.charAt(0));
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int start = at;
      char first = text.charAt(at);
      if (isBlank(first)) {
        at++;
        continue;
      }
      if (SYMBOLS.indexOf(first) >= 0) {
        at++;
        while (at < text.length() && TOKENS.contains(text.substring(start, at + 1))) {
          at++;
        }
      } else {
        while (at < text.length() && isWordCharacter(text.charAt(at))) {
          at++;
        }
      }
      tokens.add(text.substring(start, at));
    }
    return tokens;
  }

  private static boolean isWordCharacter(char c) {
    return SYMBOLS.indexOf(c) < 0 && !isBlank(c);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
