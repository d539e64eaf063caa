// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import io.agentscale.adapter.promql.PromqlToken.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Follows the grammar of PromQL without building anything; operators are not ranked, since rank
 * does not change what is well formed.
 */
final class PromqlParser {
  private static final Set<String> AGGREGATORS =
      Set.of(
          "avg",
          "bottomk",
          "count",
          "count_values",
          "group",
          "limit_ratio",
          "limitk",
          "max",
          "min",
          "quantile",
          "stddev",
          "stdvar",
          "sum",
          "topk");
  private static final Set<String> SYMBOL_OPERATORS =
      Set.of("+", "-", "*", "/", "%", "^", "==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "unless", "atan2");
  private static final Set<String> MATCH_OPERATORS = Set.of("=", "!=", "=~", "!~");
  private static final int MAX_DEPTH = 200;

  private final List<PromqlToken> tokens;
  private final Set<Integer> selectorNames = new HashSet<>();
  private final Set<Integer> selectorBraces = new HashSet<>();
  private final Set<String> functions = new HashSet<>();
  private int next;
  private int depth;

  PromqlParser(List<PromqlToken> tokens) {
    this.tokens = tokens;
  }

  void query() {
    expression();
    requireEnd();
  }

  void selectorOnly() {
    boolean named = peek().kind() == Kind.IDENTIFIER;
    if (named) {
      take();
    }
    if (!named || peek().is("{")) {
      selector(named);
    } else {
      selectorNames.add(next - 1);
    }
    requireEnd();
  }

  /** Returns which tokens are names of selectors without braces. */
  Set<Integer> selectorNames() {
    return selectorNames;
  }

  /** Returns which tokens open the braces of a selector. */
  Set<Integer> selectorBraces() {
    return selectorBraces;
  }

  /** Returns the names of the functions called, in lower case. */
  Set<String> functions() {
    return functions;
  }

  private void requireEnd() {
    if (peek().kind() != Kind.END) {
      throw unexpected("the end");
    }
  }

  private void expression() {
    if (++depth > MAX_DEPTH) {
      throw new PromqlException("nested deeper than " + MAX_DEPTH, peek().offset());
    }
    operand();
    while (isOperator(peek())) {
      take();
      vectorMatching();
      operand();
    }
    depth--;
  }

  private static boolean isOperator(PromqlToken token) {
    return switch (token.kind()) {
      case SYMBOL -> SYMBOL_OPERATORS.contains(token.text());
      case IDENTIFIER -> WORD_OPERATORS.contains(token.text().toLowerCase(Locale.ROOT));
      case STRING, NUMBER, DURATION, END -> false;
    };
  }

  private void vectorMatching() {
    if (peek().isWord("bool")) {
      take();
    }
    if (peek().isWord("on") || peek().isWord("ignoring")) {
      take();
      labels();
      if (peek().isWord("group_left") || peek().isWord("group_right")) {
        take();
        if (peek().is("(")) {
          labels();
        }
      }
    }
  }

  private void operand() {
    while (peek().is("+") || peek().is("-")) {
      take();
    }
    boolean selector = primary();
    while (true) {
      if (peek().is("[")) {
        brackets(selector);
        selector = false;
      } else if (peek().isWord("offset")) {
        take();
        duration(true);
      } else if (peek().is("@")) {
        take();
        instant();
      } else {
        return;
      }
    }
  }

  /** Reads an operand without what may follow it; tells whether it was a selector. */
  private boolean primary() {
    PromqlToken token = peek();
    if (token.is("(")) {
      take();
      expression();
      expect(")");
      return false;
    }
    if (token.is("{")) {
      selector(false);
      return true;
    }
    return switch (token.kind()) {
      case NUMBER, STRING, DURATION -> {
        literal();
        yield false;
      }
      case IDENTIFIER -> named();
      case SYMBOL, END -> throw unexpected("an expression");
    };
  }

  private void literal() {
    PromqlToken token = take();
    if (token.kind() == Kind.STRING) {
      PromqlStrings.unquote(token);
    }
  }

  /** Reads what starts with a name; tells whether it was a selector. */
  private boolean named() {
    PromqlToken name = take();
    boolean aggregator = AGGREGATORS.contains(name.text().toLowerCase(Locale.ROOT));
    if (aggregator && isGrouping(peek())) {
      take();
      labels();
      arguments(true);
      return false;
    }
    if (peek().is("(")) {
      functions.add(name.text().toLowerCase(Locale.ROOT));
      arguments(aggregator);
      if (aggregator && isGrouping(peek())) {
        take();
        labels();
      }
      return false;
    }
    if (peek().is("{")) {
      selector(true);
    } else {
      selectorNames.add(next - 1);
    }
    return true;
  }

  private static boolean isGrouping(PromqlToken token) {
    return token.isWord("by") || token.isWord("without");
  }

  private void arguments(boolean required) {
    expect("(");
    if (peek().is(")") && !required) {
      take();
      return;
    }
    expression();
    while (peek().is(",")) {
      take();
      expression();
    }
    expect(")");
  }

  private void labels() {
    expect("(");
    while (!peek().is(")")) {
      PromqlToken label = take();
      boolean name = label.kind() == Kind.IDENTIFIER && label.text().indexOf(':') < 0;
      if (!name && label.kind() != Kind.STRING) {
        throw new PromqlException(
            "expected a label name, was: " + label.described(), label.offset());
      }
      if (!peek().is(",")) {
        break;
      }
      take();
    }
    expect(")");
  }

  private void selector(boolean named) {
    PromqlMatchers matchers = new PromqlMatchers(peek().offset(), named);
    expect("{");
    selectorBraces.add(next - 1);
    while (!peek().is("}")) {
      matcher(matchers);
      if (!peek().is(",")) {
        break;
      }
      take();
    }
    expect("}");
    matchers.end();
  }

  private void matcher(PromqlMatchers matchers) {
    PromqlToken label = take();
    boolean name = label.kind() == Kind.IDENTIFIER && label.text().indexOf(':') < 0;
    if (!name && label.kind() != Kind.STRING) {
      throw new PromqlException("expected a label name, was: " + label.described(), label.offset());
    }
    PromqlToken operator = peek();
    if (label.kind() == Kind.STRING && (operator.is(",") || operator.is("}"))) {
      matchers.addName(label);
      return;
    }
    if (operator.kind() != Kind.SYMBOL || !MATCH_OPERATORS.contains(operator.text())) {
      throw unexpected("one of = != =~ !~");
    }
    take();
    PromqlToken value = take();
    if (value.kind() != Kind.STRING) {
      throw new PromqlException("expected a string, was: " + value.described(), value.offset());
    }
    matchers.add(label, operator.text(), value);
  }

  private void brackets(boolean selector) {
    PromqlToken open = take();
    duration(false);
    boolean subquery = peek().is(":");
    if (subquery) {
      take();
      if (!peek().is("]")) {
        duration(false);
      }
    } else if (!selector) {
      throw new PromqlException("a range can only follow a selector", open.offset());
    }
    expect("]");
  }

  private void duration(boolean signed) {
    if (signed && (peek().is("-") || peek().is("+"))) {
      take();
    }
    PromqlToken token = take();
    if (token.kind() != Kind.DURATION && token.kind() != Kind.NUMBER) {
      throw new PromqlException("expected a duration, was: " + token.described(), token.offset());
    }
  }

  private void instant() {
    if (peek().isWord("start") || peek().isWord("end")) {
      take();
      expect("(");
      expect(")");
      return;
    }
    while (peek().is("-") || peek().is("+")) {
      take();
    }
    PromqlToken token = take();
    if (token.kind() != Kind.NUMBER && token.kind() != Kind.DURATION) {
      throw new PromqlException("expected a time, was: " + token.described(), token.offset());
    }
  }

  private void expect(String symbol) {
    if (!peek().is(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
    take();
  }

  private PromqlException unexpected(String wanted) {
    return new PromqlException(
        "expected " + wanted + ", was: " + peek().described(), peek().offset());
  }

  private PromqlToken peek() {
    return tokens.get(next);
  }

  private PromqlToken take() {
    PromqlToken token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }
}
