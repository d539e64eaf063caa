// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The label selector of a metric, passed on to the metrics API as written.
 *
 * <p>Its text is how Go prints a {@code LabelSelector}, because the controller's messages hold it.
 */
public final class MetricSelector {
  private final String text;

  public MetricSelector(Map<String, String> matchLabels, List<Expression> matchExpressions) {
    var printed = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
    new TreeMap<>(matchLabels)
        .forEach((key, value) -> printed.append(key).append(": ").append(value).append(','));
    printed.append("},MatchExpressions:[]LabelSelectorRequirement{");
    matchExpressions.forEach(expression -> printed.append(expression).append(','));
    text = printed.append("},}").toString();
  }

  /**
   * One condition of a selector.
   *
   * @param key the label
   * @param operator In, NotIn, Exists or DoesNotExist
   * @param values as written
   */
  public record Expression(String key, String operator, List<String> values) {
    public Expression {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "LabelSelectorRequirement{Key:"
          + key
          + ",Operator:"
          + operator
          + ",Values:["
          + String.join(" ", values)
          + "],}";
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSelector selector && selector.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
