// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One label matcher of a PromQL series selector; whatever its value holds, it cannot end the
 * matcher.
 *
 * @param label a PromQL label name
 * @param operator how the value is compared
 * @param value as it is, without quotes or escapes; for the two regex operators a regex
 */
public record SeriesMatcher(String label, Operator operator, String value) {
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern REGEX_SYMBOL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

  /** The comparisons of PromQL. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String text;

    Operator(String text) {
      this.text = text;
    }
  }

  public SeriesMatcher {
    requireLabelName(label);
  }

  /** Returns a matcher for exactly this value. */
  public static SeriesMatcher equal(String label, String value) {
    return new SeriesMatcher(label, Operator.EQUAL, value);
  }

  /** Returns a matcher for any of these values, none of them read as a regex. */
  public static SeriesMatcher in(String label, List<String> values) {
    return values.size() == 1
        ? equal(label, values.getFirst())
        : new SeriesMatcher(label, Operator.MATCHES, alternatives(values));
  }

  /**
   * Translates a Kubernetes label selector, its keys being labels of the series.
   *
   * @throws IllegalArgumentException for a key PromQL cannot name, or an order comparison
   */
  public static List<SeriesMatcher> of(LabelSelector selector) {
    return selector.requirements().stream().map(SeriesMatcher::of).toList();
  }

  private static SeriesMatcher of(LabelRequirement requirement) {
    String label = requirement.key();
    List<String> values = requirement.values();
    return switch (requirement.operator()) {
      case EQUALS, DOUBLE_EQUALS, IN -> in(label, values);
      case NOT_EQUALS, NOT_IN ->
          values.size() == 1
              ? new SeriesMatcher(label, Operator.NOT_EQUAL, values.getFirst())
              : new SeriesMatcher(label, Operator.NOT_MATCHES, alternatives(values));
      case EXISTS -> new SeriesMatcher(label, Operator.NOT_EQUAL, "");
      case DOES_NOT_EXIST -> equal(label, "");
      case GREATER_THAN, LESS_THAN ->
          throw new IllegalArgumentException(
              "selector: PromQL cannot compare labels by order, was: "
                  + label
                  + " "
                  + requirement.operator().text());
    };
  }

  static String requireLabelName(String label) {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "label: must be a PromQL label name (letters, digits, _), was: " + label);
    }
    return label;
  }

  private static String alternatives(List<String> values) {
    return values.stream().map(SeriesMatcher::quoteRegex).collect(Collectors.joining("|"));
  }

  private static String quoteRegex(String text) {
    return REGEX_SYMBOL.matcher(text).replaceAll("\\\\$0");
  }

  /** Returns the matcher as PromQL writes it. */
  public String promql() {
    return label + operator.text + quote(value);
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
