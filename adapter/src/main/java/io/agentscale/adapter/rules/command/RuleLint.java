// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.rules.MetricRegistry;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.RuleSource;
import io.agentscale.adapter.rules.ValuePolicy.OnEmpty;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a valid rule most likely does not mean. */
final class RuleLint {
  private static final Pattern AGGREGATION =
      Pattern.compile("\\b(sum|avg|min|max|count|quantile|stddev|stdvar|group)\\b\\s*(\\(|by\\b)");
  private static final Pattern OF_COUNTERS =
      Pattern.compile("\\b(rate|irate|increase|resets|delta)\\s*\\(");

  private final List<Warning> warnings = new ArrayList<>();

  /**
   * Something that is allowed and most likely wrong.
   *
   * @param rule where
   * @param text what, and what to do
   */
  record Warning(RuleSource rule, String text) {}

  private RuleLint() {}

  /** Looks at all rules; a counter is known by the name of a series that is exposed. */
  static List<Warning> of(RuleSet rules, MetricRegistry registry) {
    RuleLint lint = new RuleLint();
    rules.objectRules().forEach(lint::objectRule);
    rules.externalRules().forEach(lint::externalRule);
    for (Rule rule : rules.all()) {
      lint.anyRule(rule);
      if (rule instanceof Rule.Discovery discovery) {
        lint.matchers(discovery);
        lint.counters(discovery, registry);
      }
    }
    return lint.warnings;
  }

  private void objectRule(Rule rule) {
    if (rule instanceof Rule.Discovery discovery) {
      String query = discovery.query().toString();
      if (AGGREGATION.matcher(query).find() && !query.contains(".GroupBy")) {
        warn(
            rule,
            "metricsQuery aggregates without <<.GroupBy>>: its rows do not say which object they"
                + " describe");
      }
    }
  }

  private void externalRule(Rule rule) {
    if (rule instanceof Rule.Discovery discovery
        && discovery.query().toString().contains(".GroupBy")) {
      warn(
          rule,
          "<<.GroupBy>> is empty in an external rule: everything is added up; name the labels to"
              + " keep");
    }
  }

  private void anyRule(Rule rule) {
    if (rule.values().onEmpty() == OnEmpty.ZERO) {
      warn(
          rule,
          "onEmpty: zero makes an object without a series idle, also when the series is missing"
              + " because its scrape failed");
    }
  }

  private void matchers(Rule.Discovery rule) {
    String query = rule.query().toString();
    if (!query.contains(".LabelMatchers") && !query.contains(".LabelValuesByName")) {
      warn(
          rule,
          "metricsQuery does not use <<.LabelMatchers>>: every request gets the rows of all"
              + " objects of all namespaces");
    }
    String unspaced = unspaced(query);
    for (SeriesSelector.Matcher matcher : SeriesSelector.parse(rule.seriesQuery()).labels()) {
      boolean implied =
          matcher.isPresence() && rule.resources().overrides().containsKey(matcher.label());
      if (!implied && !unspaced.contains(unspaced(matcher.toString()))) {
        warn(
            rule,
            "seriesQuery asks for "
                + matcher
                + " and metricsQuery does not: values include series without it, repeat it there");
      }
    }
  }

  private static String unspaced(String text) {
    return text.replaceAll("\\s", "").replace('\'', '"');
  }

  private void counters(Rule.Discovery rule, MetricRegistry registry) {
    if (OF_COUNTERS.matcher(rule.query().toString()).find()) {
      return;
    }
    Stream.concat(
            registry.objects().stream()
                .filter(metric -> metric.rule().equals(rule))
                .map(metric -> metric.series()),
            registry.external().stream()
                .filter(metric -> metric.rule().equals(rule))
                .map(metric -> metric.series()))
        .filter(series -> series.endsWith("_total"))
        .findFirst()
        .ifPresent(
            series ->
                warn(
                    rule,
                    series + " is a counter and only grows: use rate(...) or increase(...) of it"));
  }

  private void warn(Rule rule, String text) {
    warnings.add(new Warning(rule.source(), text));
  }
}
