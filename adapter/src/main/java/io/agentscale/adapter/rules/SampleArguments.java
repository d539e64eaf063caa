// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.LabelMatcher.Operator;
import io.agentscale.adapter.rules.query.QueryArguments;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests that every template must have an answer to, tried when a rule is loaded. Their values
 * are plain words, which can stand anywhere in a query.
 */
final class SampleArguments {
  private static final String SERIES = "some_series";
  private static final LabelMatcher SELECTED =
      new LabelMatcher("some_label", Operator.REGEX, List.of("some_value"));

  private SampleArguments() {}

  static List<QueryArguments> external(ResourceLabels labels, boolean namespaced) {
    // Without namespace and selector a template may come out wrong: its author has asked for that.
    LabelMatcher namespace = LabelMatcher.anyOf(namespaceLabel(labels), List.of("some_namespace"));
    return namespaced
        ? List.of(
            new QueryArguments(SERIES, List.of(namespace), List.of()),
            new QueryArguments(SERIES, List.of(SELECTED, namespace), List.of()))
        : List.of(new QueryArguments(SERIES, List.of(SELECTED), List.of()));
  }

  static List<QueryArguments> object(ResourceLabels labels) {
    LabelMatcher namespace = LabelMatcher.anyOf(namespaceLabel(labels), List.of("some_namespace"));
    List<QueryArguments> samples = new ArrayList<>();
    for (String label :
        labels.overrides().isEmpty() ? List.of("pod") : labels.overrides().keySet()) {
      LabelMatcher object = LabelMatcher.anyOf(label, List.of("some_object"));
      samples.add(new QueryArguments(SERIES, List.of(object), List.of(label)));
      samples.add(new QueryArguments(SERIES, List.of(SELECTED, namespace, object), List.of(label)));
    }
    return samples;
  }

  private static String namespaceLabel(ResourceLabels labels) {
    return labels.overrides().entrySet().stream()
        .filter(override -> namesNamespace(override.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("namespace");
  }

  private static boolean namesNamespace(GroupResource resource) {
    return resource.group().isEmpty()
        && (resource.resource().equals("namespace") || resource.resource().equals("namespaces"));
  }
}
