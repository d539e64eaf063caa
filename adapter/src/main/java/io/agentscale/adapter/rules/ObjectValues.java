// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.core.metric.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of one answer, by the object each of them describes. */
public final class ObjectValues {
  private final ObjectMetric metric;
  private final Instant now;
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private int unlabelled;

  private ObjectValues(ObjectMetric metric, Instant now) {
    this.metric = metric;
    this.now = now;
  }

  /**
   * Sorts the rows of an answer.
   *
   * @param metric what was asked for
   * @param answered all rows Prometheus sent
   * @param namespace of the request; absent for kinds that live in none
   * @param selector of the request; rows of a discovery rule are selected already
   * @param now the time to judge ages by
   */
  public static ObjectValues of(
      ObjectMetric metric,
      List<Row> answered,
      Optional<String> namespace,
      LabelSelector selector,
      Instant now) {
    ObjectValues values = new ObjectValues(metric, now);
    boolean raw = metric.rule() instanceof Rule.Raw;
    for (Row row : answered) {
      if (!raw || (values.inNamespace(row, namespace) && ExternalMetric.selects(selector, row))) {
        values.add(row);
      }
    }
    return values;
  }

  private boolean inNamespace(Row row, Optional<String> namespace) {
    return namespace.isEmpty()
        || namespace.equals(metric.namespaceLabel().map(label -> row.labels().get(label)));
  }

  private void add(Row row) {
    String name = row.labels().get(metric.objectLabel());
    if (name == null) {
      unlabelled++;
    } else {
      rows.computeIfAbsent(name, _ -> new ArrayList<>()).add(row);
    }
  }

  /** Returns the names of the objects that have rows. */
  public List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /** Returns what is known of an object that exists. */
  public Reading of(String name) {
    List<Row> candidates = rows.getOrDefault(name, List.of());
    if (candidates.isEmpty()) {
      return empty(name);
    }
    if (candidates.size() > 1 && mode() == RuleMode.SAFE) {
      return new Reading.Absent(
          metric.rule().source()
              + ": "
              + candidates.size()
              + " series describe "
              + metric.kind().resource()
              + " "
              + name
              + " and none is better than another, aggregate them in the query, as in sum(...) by"
              + " (<<.GroupBy>>); their labels: "
              + candidates.get(0).labels()
              + ", "
              + candidates.get(1).labels());
    }
    Row row = candidates.getLast();
    return metric.rule().values().judge(row.value(), row.at(), now);
  }

  private Reading empty(String name) {
    return switch (metric.rule().values().onEmpty()) {
      case ZERO -> new Reading.Value(0, now, Optional.empty());
      case ERROR, HOLD ->
          new Reading.Absent(
              "no series for "
                  + metric.kind().resource()
                  + " "
                  + name
                  + (unlabelled == 0
                      ? ""
                      : "; "
                          + unlabelled
                          + " came without the label "
                          + metric.objectLabel()
                          + ", group by it"));
    };
  }

  private RuleMode mode() {
    return switch (metric.rule()) {
      case Rule.Discovery discovery -> discovery.mode();
      case Rule.Raw raw -> raw.mode();
    };
  }
}
