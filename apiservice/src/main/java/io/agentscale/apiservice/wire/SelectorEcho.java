// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.metric.LabelRequirement;
import io.agentscale.core.metric.LabelRequirement.Operator;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A metric selector in the structured form in which answers repeat it: equalities as labels, all
 * else as expressions, ordered by key. {@code a!=b} becomes {@code a notin (b)}, which means the
 * same.
 *
 * @param matchLabels wanted values by key
 * @param matchExpressions other conditions by key
 */
public record SelectorEcho(
    Map<String, String> matchLabels, List<LabelRequirement> matchExpressions) {

  /**
   * Converts a selector.
   *
   * @throws IllegalArgumentException for order comparisons, which the structured form cannot say
   */
  public static SelectorEcho of(LabelSelector selector) {
    Map<String, String> labels = new TreeMap<>();
    var expressions = new ArrayList<LabelRequirement>();
    List<LabelRequirement> byKey =
        selector.requirements().stream()
            .sorted(Comparator.comparing(LabelRequirement::key))
            .toList();
    for (LabelRequirement requirement : byKey) {
      switch (requirement.operator()) {
        case EQUALS, DOUBLE_EQUALS ->
            labels.put(requirement.key(), requirement.values().getFirst());
        case IN, NOT_IN, EXISTS, DOES_NOT_EXIST -> expressions.add(requirement);
        case NOT_EQUALS ->
            expressions.add(
                new LabelRequirement(requirement.key(), Operator.NOT_IN, requirement.values()));
        case GREATER_THAN, LESS_THAN ->
            throw new IllegalArgumentException(
                "\"" + requirement.operator().text() + "\" is not a valid label selector operator");
      }
    }
    return new SelectorEcho(labels, expressions);
  }

  boolean isEmpty() {
    return matchLabels.isEmpty() && matchExpressions.isEmpty();
  }

  static String operator(LabelRequirement requirement) {
    return switch (requirement.operator()) {
      case IN -> "In";
      case NOT_IN -> "NotIn";
      case EXISTS -> "Exists";
      case DOES_NOT_EXIST -> "DoesNotExist";
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN ->
          throw new IllegalStateException("not an expression: " + requirement);
    };
  }

  void writeProtobuf(ProtobufWriter out) {
    matchLabels.forEach(
        (key, value) ->
            out.message(
                1,
                label -> {
                  label.string(1, key);
                  label.string(2, value);
                }));
    for (LabelRequirement requirement : matchExpressions) {
      out.message(
          2,
          expression -> {
            expression.string(1, requirement.key());
            expression.string(2, operator(requirement));
            requirement.values().forEach(value -> expression.string(3, value));
          });
    }
  }

  void writeJson(JsonGenerator json) throws IOException {
    if (isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    if (!matchLabels.isEmpty()) {
      json.writeObjectFieldStart("matchLabels");
      for (Map.Entry<String, String> label : matchLabels.entrySet()) {
        json.writeStringField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
    }
    if (!matchExpressions.isEmpty()) {
      writeExpressions(json);
    }
    json.writeEndObject();
  }

  private void writeExpressions(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("matchExpressions");
    for (LabelRequirement requirement : matchExpressions) {
      json.writeStartObject();
      json.writeStringField("key", requirement.key());
      json.writeStringField("operator", operator(requirement));
      if (!requirement.values().isEmpty()) {
        json.writeArrayFieldStart("values");
        for (String value : requirement.values()) {
          json.writeString(value);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
