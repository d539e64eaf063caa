// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads rules and runs discovery for tests, each rule being given the series of its place. */
final class Rules {
  private Rules() {}

  static RuleSet read(String yaml, RuleMode mode) {
    return YamlDocument.parse(
        "rules.yaml", Path.of("."), yaml, file -> RuleSet.read(file, mode, Set.of("mimir")));
  }

  /** Returns what is said of a file that must be refused. */
  static String refusal(String yaml, RuleMode mode) {
    return String.valueOf(
        catchThrowableOfType(InvalidYamlException.class, () -> read(yaml, mode)).getMessage());
  }

  @SafeVarargs
  static MetricRegistry discover(RuleSet rules, ResourceMapper mapper, List<Series>... found) {
    Map<Rule, List<Series>> series = new HashMap<>();
    List<Rule> all =
        Stream.concat(rules.objectRules().stream(), rules.externalRules().stream()).toList();
    for (int i = 0; i < found.length; i++) {
      series.put(all.get(i), found[i]);
    }
    return MetricRegistry.of(rules, series, mapper);
  }

  static Series series(String name, String... labels) {
    return new Series(name, Set.of(labels));
  }

  static String promql(QueryPlan plan) {
    return switch (plan) {
      case QueryPlan.Ask ask -> ask.promql();
      case QueryPlan.Refuse refuse -> refuse.reason() + ": " + refuse.cause();
    };
  }
}
