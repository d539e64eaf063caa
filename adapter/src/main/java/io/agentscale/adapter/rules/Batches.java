// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.LabelMatcher;
import io.agentscale.adapter.rules.query.QueryTemplate;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds for each question the one to ask for all objects at once, where there is one. */
final class Batches {
  private static final int MOST = 10_000;

  private final Map<Key, Optional<Batch>> batches = new ConcurrentHashMap<>();

  private record Key(
      QueryTemplate template,
      String series,
      Optional<String> objectLabel,
      Optional<String> namespaceLabel,
      LabelSelector selector) {}

  /** Returns the question for all objects of the metric's kind in all namespaces. */
  Optional<Batch> of(ObjectMetric metric, LabelSelector selector) {
    Optional<String> namespaceLabel =
        metric.kind().namespaced() ? metric.namespaceLabel() : Optional.empty();
    return of(
        metric.rule(),
        metric.series(),
        Optional.of(metric.objectLabel()),
        namespaceLabel,
        selector);
  }

  /** Returns the question for the metric in all namespaces. */
  Optional<Batch> of(ExternalMetric metric, String namespace, LabelSelector selector) {
    return namespace.isEmpty()
        ? Optional.empty()
        : of(metric.rule(), metric.series(), Optional.empty(), metric.namespaceLabel(), selector);
  }

  private Optional<Batch> of(
      Rule rule,
      String series,
      Optional<String> objectLabel,
      Optional<String> namespaceLabel,
      LabelSelector selector) {
    if (!(rule instanceof Rule.Discovery discovery)) {
      return Optional.empty();
    }
    if (batches.size() >= MOST) {
      batches.clear();
    }
    return batches.computeIfAbsent(
        new Key(discovery.query(), series, objectLabel, namespaceLabel, selector), Batches::batch);
  }

  private static Optional<Batch> batch(Key key) {
    try {
      List<LabelMatcher> selector = ObjectMetric.selectorMatchers(key.selector(), RuleMode.SAFE);
      return key.template()
          .batched(key.series(), key.objectLabel(), key.namespaceLabel())
          .map(
              query ->
                  new Batch(
                      query.promql(selector),
                      key.namespaceLabel(),
                      key.objectLabel(),
                      query.addsNamespace(),
                      query.times()));
    } catch (IllegalArgumentException e) {
      // The question asked alone is refused for the same reason, in words for whoever asks.
      return Optional.empty();
    }
  }
}
