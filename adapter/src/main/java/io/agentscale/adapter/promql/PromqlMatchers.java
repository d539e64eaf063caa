// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.agentscale.adapter.promql.PromqlToken.Kind;

/**
 * The matchers of one selector as they are read: whether one names the metric, and whether one of
 * them cannot be satisfied by an absent label, as Prometheus demands.
 */
final class PromqlMatchers {
  private static final String NAME_LABEL = "__name__";

  private final int offset;
  private boolean named;
  private boolean selective;

  PromqlMatchers(int offset, boolean named) {
    this.offset = offset;
    this.named = named;
    this.selective = named;
  }

  /** Adds a metric name written between the braces, as Prometheus 3 allows. */
  void addName(PromqlToken name) {
    requireUnnamed(name);
    named = true;
    selective |= !PromqlStrings.unquote(name).isEmpty();
  }

  void add(PromqlToken label, String operator, PromqlToken string) {
    String value = PromqlStrings.unquote(string);
    boolean matchesAbsent =
        switch (operator) {
          case "=" -> value.isEmpty();
          case "!=" -> !value.isEmpty();
          case "=~" -> compiled(string, value).matches("");
          default -> !compiled(string, value).matches("");
        };
    selective |= !matchesAbsent;
    String labelName = label.kind() == Kind.STRING ? PromqlStrings.unquote(label) : label.text();
    if (labelName.equals(NAME_LABEL) && operator.equals("=")) {
      requireUnnamed(label);
      named = true;
    }
  }

  void end() {
    if (!selective) {
      throw new PromqlException(
          "a selector needs a metric name, or a matcher that an absent label does not satisfy",
          offset);
    }
  }

  private void requireUnnamed(PromqlToken at) {
    if (named) {
      throw new PromqlException("the metric name is given twice", at.offset());
    }
  }

  private static Pattern compiled(PromqlToken string, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new PromqlException(
          "bad regular expression: " + e.getDescription() + ": " + e.getPattern(), string.offset());
    }
  }
}
