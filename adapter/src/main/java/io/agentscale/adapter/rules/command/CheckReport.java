// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.MetricRegistry;
import io.agentscale.adapter.rules.MetricRegistry.Remark;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleSource;
import io.agentscale.adapter.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to say of a file of rules.
 *
 * @param metrics that would be served
 * @param gaps rules whose series are not known, or that have none, and why
 * @param remarks what is left out or replaced
 * @param warnings what is most likely wrong
 * @param failed whether a rule's series could not be listed
 */
record CheckReport(
    List<Line> metrics,
    Map<RuleSource, String> gaps,
    List<Remark> remarks,
    List<RuleLint.Warning> warnings,
    boolean failed) {

  /**
   * One metric that would be served.
   *
   * @param metric its name
   * @param resource whose; {@code external} if nobody's
   * @param rule where it comes from
   * @param series behind it
   * @param assumed whether nobody has seen the series
   */
  record Line(String metric, String resource, RuleSource rule, String series, boolean assumed) {}

  static CheckReport of(RuleListing listing, ResourceMapper kinds) {
    MetricRegistry registry = listing.registry(kinds);
    List<Line> metrics = new ArrayList<>();
    registry
        .objects()
        .forEach(
            m ->
                metrics.add(
                    line(listing, m.name(), m.kind().resource().toString(), m.rule(), m.series())));
    registry
        .external()
        .forEach(m -> metrics.add(line(listing, m.name(), "external", m.rule(), m.series())));
    Map<RuleSource, String> gaps = new LinkedHashMap<>();
    listing.gaps().forEach((rule, gap) -> gaps.put(rule.source(), gap));
    RuleSet rules = listing.rules();
    return new CheckReport(
        metrics, gaps, registry.remarks(), RuleLint.of(rules, registry), listing.failed());
  }

  private static Line line(
      RuleListing listing, String metric, String resource, Rule rule, String series) {
    return new Line(
        metric,
        resource,
        rule.source(),
        rule instanceof Rule.Raw ? "" : series,
        listing.isAssumed(rule));
  }
}
