// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.usage;

import io.agentscale.adapter.prometheus.LabelledSample;
import io.agentscale.adapter.prometheus.QueryResult;
import io.agentscale.core.metric.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one answer, by object and by part of it. A row that is no amount (NaN, an infinity,
 * less than nothing) is kept as unknown, and so is what two rows speak of.
 *
 * @param byObject absent samples are unknown; the only part of a node has no name
 */
record UsageRows(Map<Owner, Map<String, Optional<Sample>>> byObject) {

  /**
   * Whom a row is about.
   *
   * @param namespace empty for nodes
   * @param name of the pod or node
   */
  record Owner(String namespace, String name) {}

  /**
   * Where to look in a row.
   *
   * @param namespace the label that names it; absent for nodes
   * @param object the label that names the pod or node
   * @param container the label that names the container; absent for nodes
   */
  record Labels(Optional<String> namespace, String object, Optional<String> container) {}

  /**
   * Sorts the rows of an answer. Those of no object are left out, and so are those of no container:
   * they are the sums of the others.
   *
   * @param asked the namespace that was asked for, where it was one
   */
  static UsageRows of(QueryResult.Vector vector, Labels labels, Optional<String> asked) {
    Map<Owner, Map<String, Optional<Sample>>> byObject = new HashMap<>();
    for (LabelledSample row : vector.rows()) {
      Optional<Owner> owner = owner(row, labels, asked);
      String part = labels.container().map(label -> text(row, label)).orElse("");
      boolean whole = labels.container().isEmpty() || !part.isEmpty();
      if (owner.isPresent() && whole) {
        Map<String, Optional<Sample>> parts =
            byObject.computeIfAbsent(owner.get(), _ -> new HashMap<>());
        parts.put(part, parts.containsKey(part) ? Optional.empty() : amount(row.sample()));
      }
    }
    return new UsageRows(byObject);
  }

  private static Optional<Owner> owner(LabelledSample row, Labels labels, Optional<String> asked) {
    String name = text(row, labels.object());
    if (labels.namespace().isEmpty()) {
      return name.isEmpty() ? Optional.empty() : Optional.of(new Owner("", name));
    }
    String written = text(row, labels.namespace().get());
    String namespace = written.isEmpty() ? asked.orElse("") : written;
    return name.isEmpty() || namespace.isEmpty()
        ? Optional.empty()
        : Optional.of(new Owner(namespace, name));
  }

  private static String text(LabelledSample row, String label) {
    return row.labels().getOrDefault(label, "");
  }

  private static Optional<Sample> amount(Sample sample) {
    return Double.isFinite(sample.value()) && sample.value() >= 0
        ? Optional.of(sample)
        : Optional.empty();
  }

  /** Returns the parts of an object; none if it has no row. */
  Map<String, Optional<Sample>> of(Owner owner) {
    return byObject.getOrDefault(owner, Map.of());
  }
}
