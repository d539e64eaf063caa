// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.util.List;
import java.util.Map;

/**
 * One condition of a label selector.
 *
 * @param key the label's name
 * @param operator how the value is tested
 * @param values sorted, without duplicates; empty for {@code EXISTS} and {@code DOES_NOT_EXIST}
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

  /** The tests of {@code k8s.io/apimachinery/pkg/selection}, with their text form. */
  public enum Operator {
    EQUALS("="),
    DOUBLE_EQUALS("=="),
    NOT_EQUALS("!="),
    IN("in"),
    NOT_IN("notin"),
    EXISTS("exists"),
    DOES_NOT_EXIST("!"),
    GREATER_THAN("gt"),
    LESS_THAN("lt");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public LabelRequirement {
    values = values.stream().distinct().sorted().toList();
  }

  /** Tells whether the labels satisfy this condition; a missing label passes every negation. */
  public boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case EQUALS, DOUBLE_EQUALS, IN -> value != null && values.contains(value);
      case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  private int compare(String value) {
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
