// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import io.agentscale.adapter.promql.PromqlToken.Kind;
import io.agentscale.adapter.promql.SeparableQuery.Edit;
import io.agentscale.adapter.promql.SeparableQuery.Rows;
import io.agentscale.adapter.promql.SeparableQuery.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the part of PromQL in which separable queries are written, and notes where such a query
 * is to be changed; all else is refused. Operators are not ranked: whatever their rank, all
 * operands of a chain have one form.
 */
final class SeparableQueryParser {
  private static final Set<String> AGGREGATORS = words("sum avg min max count group stddev stdvar");

  /** Functions of one vector or range, and of numbers, that map each series by itself. */
  private static final Set<String> FUNCTIONS =
      words(
          "abs ceil clamp clamp_max clamp_min exp floor histogram_quantile ln log10 log2 round sgn"
              + " sqrt avg_over_time changes count_over_time delta deriv idelta increase irate"
              + " last_over_time max_over_time min_over_time predict_linear present_over_time"
              + " quantile_over_time rate resets stddev_over_time stdvar_over_time sum_over_time");

  private static final Set<String> NUMBERS = words("time pi");
  private static final Set<String> OPERATORS = words("+ - * / % ^ == != < <= > >= and or unless");
  private static final Set<String> MATCHING = words("on ignoring group_left group_right");
  private static final int MAX_DEPTH = 100;

  /** What a part of a query comes to. */
  private enum Form {
    NUMBER,
    /** A vector or range whose rows have the labels of their series. */
    SERIES,
    /** Rows that were grouped, by the added label only because it was added. */
    GROUPED,
    /** Rows that would have been grouped by the added label anyway. */
    GROUPED_ANYWAY
  }

  private final String query;
  private final List<PromqlToken> tokens;
  private final String marker;
  private final Set<String> kept;
  private final Optional<String> added;
  private final List<Edit> edits = new ArrayList<>();
  private final List<Span> selectors = new ArrayList<>();
  private boolean finer;
  private int next;
  private int depth;

  SeparableQueryParser(String query, String marker, Set<String> kept, Optional<String> added) {
    this.query = query;
    this.tokens = PromqlLexer.tokens(query);
    this.marker = marker;
    this.kept = kept;
    this.added = added;
  }

  SeparableQuery parse() {
    Form form = expression();
    if (peek().kind() != Kind.END) {
      throw inseparable();
    }
    return new SeparableQuery(query, edits, selectors, rows(form));
  }

  private Rows rows(Form form) {
    return switch (form) {
      case NUMBER -> throw inseparable();
      case SERIES -> Rows.SERIES;
      case GROUPED -> finer ? Rows.GROUPED : Rows.ONE;
      case GROUPED_ANYWAY -> Rows.GROUPED_ANYWAY;
    };
  }

  private Form expression() {
    if (++depth > MAX_DEPTH) {
      throw inseparable();
    }
    Form form = operand();
    while (OPERATORS.contains(word(peek()))) {
      take();
      if (peek().isWord("bool")) {
        take();
      }
      if (MATCHING.contains(word(peek()))) {
        throw inseparable();
      }
      form = joined(form, operand());
    }
    depth--;
    return form;
  }

  private Form joined(Form left, Form right) {
    if (left == Form.NUMBER || left == right) {
      return right;
    }
    if (right == Form.NUMBER) {
      return left;
    }
    throw inseparable();
  }

  private Form operand() {
    while (peek().is("+") || peek().is("-")) {
      take();
    }
    int known = selectors.size();
    boolean bracketed = peek().is("(");
    Form form = primary();
    // An offset behind anything but a selector would shift samples whose times we ask for.
    boolean selector = form == Form.SERIES && !bracketed && tokens.get(next - 1).is("}");
    while (peek().is("[")) {
      selector &= !range();
    }
    if (peek().isWord("offset")) {
      if (!selector || selectors.size() != known + 1) {
        throw inseparable();
      }
      Span span = selectors.removeLast();
      selectors.add(new Span(span.start(), span.end(), offset()));
    }
    return form;
  }

  /** Reads a range; tells whether it is a subquery. */
  private boolean range() {
    expect("[");
    duration();
    boolean subquery = peek().is(":");
    if (subquery) {
      take();
      if (!peek().is("]")) {
        duration();
      }
    }
    expect("]");
    return subquery;
  }

  private String offset() {
    int start = take().offset();
    if (peek().is("-")) {
      take();
    }
    return " " + query.substring(start, duration().end());
  }

  private PromqlToken duration() {
    PromqlToken token = take();
    if (token.kind() != Kind.DURATION && token.kind() != Kind.NUMBER) {
      throw inseparable();
    }
    return token;
  }

  private Form primary() {
    PromqlToken token = peek();
    if (token.is("(")) {
      take();
      Form form = expression();
      expect(")");
      return form;
    }
    if (token.kind() == Kind.NUMBER) {
      take();
      return Form.NUMBER;
    }
    if (token.is("{")) {
      return selector(token.offset());
    }
    if (token.kind() == Kind.IDENTIFIER) {
      return named(take());
    }
    throw inseparable();
  }

  private Form named(PromqlToken name) {
    if (peek().is("{")) {
      return selector(name.offset());
    }
    String word = word(name);
    if (AGGREGATORS.contains(word)) {
      return aggregation(name);
    }
    if (NUMBERS.contains(word)) {
      expect("(");
      expect(")");
      return Form.NUMBER;
    }
    if (FUNCTIONS.contains(word)) {
      return function();
    }
    throw inseparable();
  }

  private Form function() {
    expect("(");
    List<Form> vectors = new ArrayList<>();
    do {
      Form form = expression();
      if (form != Form.NUMBER) {
        vectors.add(form);
      }
    } while (took(","));
    expect(")");
    if (vectors.size() != 1) {
      throw inseparable();
    }
    return vectors.getFirst();
  }

  private Form aggregation(PromqlToken name) {
    boolean before = peek().isWord("by");
    Form form = before ? grouping() : Form.GROUPED;
    expect("(");
    if (expression() == Form.NUMBER) {
      throw inseparable();
    }
    expect(")");
    if (before) {
      return form;
    }
    if (peek().isWord("by")) {
      return grouping();
    }
    if (peek().isWord("without") || !kept.isEmpty()) {
      throw inseparable();
    }
    added.ifPresent(label -> insert(name.end(), " by (" + label + ") "));
    return Form.GROUPED;
  }

  private Form grouping() {
    take();
    int start = peek().end();
    expect("(");
    Set<String> labels = new HashSet<>();
    while (peek().kind() == Kind.IDENTIFIER) {
      labels.add(take().text());
      if (!took(",")) {
        break;
      }
    }
    expect(")");
    if (!labels.containsAll(kept)) {
      throw inseparable();
    }
    finer |= labels.size() > kept.size();
    if (added.isPresent() && labels.contains(added.get())) {
      return Form.GROUPED_ANYWAY;
    }
    added.ifPresent(label -> insert(start, labels.isEmpty() ? label : label + ","));
    return Form.GROUPED;
  }

  private Form selector(int start) {
    expect("{");
    int marked = 0;
    while (!peek().is("}")) {
      PromqlToken label = take();
      if (label.kind() == Kind.END) {
        throw inseparable();
      }
      if (label.text().equals(marker)) {
        take();
        edits.add(new Edit(label.offset(), take().end(), Optional.empty()));
        marked++;
      }
    }
    int end = take().end();
    if (marked != 1) {
      throw inseparable();
    }
    selectors.add(new Span(start, end, ""));
    return Form.SERIES;
  }

  private void insert(int at, String text) {
    edits.add(new Edit(at, at, Optional.of(text)));
  }

  private boolean took(String symbol) {
    boolean there = peek().is(symbol);
    if (there) {
      take();
    }
    return there;
  }

  private void expect(String symbol) {
    if (!took(symbol)) {
      throw inseparable();
    }
  }

  private PromqlException inseparable() {
    return new PromqlException("not known to be separable", peek().offset());
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

  private static String word(PromqlToken token) {
    return token.text().toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }
}
