// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.query;

import static java.util.stream.Collectors.joining;

import com.google.re2j.Pattern;
import io.agentscale.adapter.rules.template.GoStrings;
import io.agentscale.core.metric.LabelRequirement;
import java.util.List;

/**
 * One matcher of a PromQL selector.
 *
 * @param label the label's name in Prometheus
 * @param operator how the value is tested
 * @param values alternatives if the operator takes a regular expression, else exactly one
 */
public record LabelMatcher(String label, Operator operator, List<String> values) {

  /** PromQL's tests. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    boolean takesRegex() {
      return this == REGEX || this == NOT_REGEX;
    }
  }

  public LabelMatcher {
    values = List.copyOf(values);
  }

  /** Matches one value, or any of several. */
  public static LabelMatcher anyOf(String label, List<String> values) {
    return new LabelMatcher(label, values.size() == 1 ? Operator.EQUAL : Operator.REGEX, values);
  }

  /**
   * Translates a condition of a metric's label selector.
   *
   * @throws IllegalArgumentException for comparisons of numbers, which Prometheus does not have
   */
  public static LabelMatcher of(LabelRequirement requirement, RuleMode mode) {
    String label = mode == RuleMode.SAFE ? sanitised(requirement.key()) : requirement.key();
    return switch (requirement.operator()) {
      case EQUALS, DOUBLE_EQUALS -> new LabelMatcher(label, Operator.EQUAL, requirement.values());
      case NOT_EQUALS -> new LabelMatcher(label, Operator.NOT_EQUAL, requirement.values());
      case IN -> new LabelMatcher(label, Operator.REGEX, requirement.values());
      case NOT_IN -> new LabelMatcher(label, Operator.NOT_REGEX, requirement.values());
      case EXISTS -> new LabelMatcher(label, Operator.NOT_EQUAL, List.of(""));
      case DOES_NOT_EXIST -> new LabelMatcher(label, Operator.EQUAL, List.of(""));
      case GREATER_THAN, LESS_THAN ->
          throw new IllegalArgumentException(
              "metricLabelSelector: Prometheus cannot compare label "
                  + requirement.key()
                  + " as a number, use =, !=, in or notin");
    };
  }

  /** Returns a label's name as Prometheus' service discovery writes a Kubernetes label's. */
  public static String sanitised(String key) {
    String sanitised = key.replaceAll("[^a-zA-Z0-9_]", "_");
    return sanitised.matches("[0-9].*") ? "_" + sanitised : sanitised;
  }

  String promql(RuleMode mode) {
    boolean quotes = operator.takesRegex() && mode == RuleMode.SAFE;
    String value = values.stream().map(v -> quotes ? Pattern.quote(v) : v).collect(joining("|"));
    return label + operator.text + GoStrings.quote(value);
  }
}
