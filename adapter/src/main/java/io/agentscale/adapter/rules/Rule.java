// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import io.agentscale.adapter.rules.query.QueryTemplate;
import io.agentscale.adapter.rules.query.RuleMode;
import java.util.List;
import java.util.Optional;

/** A rule: which metrics it exposes, and how their values are asked for. */
public sealed interface Rule {
  RuleSource source();

  /** Returns the name of the Prometheus to ask; absent for the default one. */
  Optional<String> backend();

  ValuePolicy values();

  /**
   * A rule of prometheus-adapter: the series that exist decide which metrics are exposed.
   *
   * @param source where it was written
   * @param backend the Prometheus to ask
   * @param values what unusual values mean
   * @param seriesQuery the selector of its series, verbatim
   * @param filters further conditions on their names, all of which must hold
   * @param namer the metrics' names
   * @param resources which labels name objects
   * @param namespaced for external metrics: whether the namespace of the request is matched
   * @param query what is asked for a value
   * @param mode how closely prometheus-adapter is followed
   */
  record Discovery(
      RuleSource source,
      Optional<String> backend,
      ValuePolicy values,
      String seriesQuery,
      List<SeriesFilter> filters,
      MetricNamer namer,
      ResourceLabels resources,
      boolean namespaced,
      QueryTemplate query,
      RuleMode mode)
      implements Rule {
    public Discovery {
      filters = List.copyOf(filters);
    }

    /** Returns the metric's name for a series, or nothing if the rule is not about it. */
    public Optional<String> nameOf(String seriesName) {
      return filters.stream().allMatch(filter -> filter.passes(seriesName))
          ? namer.nameOf(seriesName)
          : Optional.empty();
    }
  }

  /**
   * One metric and the PromQL that answers for all of its objects at once; nothing is discovered.
   *
   * @param source where it was written
   * @param backend the Prometheus to ask
   * @param values what unusual values mean
   * @param metric the metric's name
   * @param promql sent verbatim
   * @param resources which labels of the rows name objects
   * @param namespaced for external metrics: whether rows of other namespaces are left out
   * @param mode how closely prometheus-adapter is followed
   */
  record Raw(
      RuleSource source,
      Optional<String> backend,
      ValuePolicy values,
      String metric,
      String promql,
      ResourceLabels resources,
      boolean namespaced,
      RuleMode mode)
      implements Rule {}
}
