// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.rules.ValuePolicy.OnEmpty;
import io.agentscale.adapter.rules.ValuePolicy.OnInf;
import io.agentscale.adapter.rules.ValuePolicy.OnNaN;
import io.agentscale.adapter.rules.query.RuleMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a rule must be said when it is loaded, not at the first scale-up. */
final class RuleReaderTest {

  @Test
  void native_everyFieldGiven_isRead() {
    RuleSet rules =
        Rules.read(
            "rules: [{seriesQuery: q, metricsQuery: <<.Series>>, backend: mimir, onEmpty: hold,"
                + " onNaN: zero, onInf: saturate, maxAge: 90s}]",
            RuleMode.COMPATIBLE);

    assertThat(rules.objectRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.backend()).isEqualTo(Optional.of("mimir"));
              assertThat(rule.source()).hasToString("rule `q` line 1 of rules.yaml");
              assertThat(rule.values())
                  .isEqualTo(
                      new ValuePolicy(
                          OnEmpty.HOLD,
                          OnNaN.ZERO,
                          OnInf.SATURATE,
                          Optional.of(Duration.ofSeconds(90))));
            });
  }

  @Test
  void native_nothingGiven_unknownIsNeverAnAmount() {
    Rule rule =
        Rules.read("rules: [{seriesQuery: q, metricsQuery: <<.Series>>}]", RuleMode.SAFE)
            .objectRules()
            .getFirst();

    assertThat(rule.backend()).isEmpty();
    assertThat(rule.values()).isEqualTo(ValuePolicy.DEFAULT);
  }

  @Test
  void matchersBesideOurs_areNoReasonToRefuse() {
    String rule = "metricsQuery: 'x{<<.LabelMatchers>>,job=\"a\"}'";
    RuleSet rules =
        Rules.read(
            "externalRules: [{seriesQuery: q, "
                + rule
                + "}, {seriesQuery: q, resources: {namespaced: false}, "
                + rule
                + "}]",
            RuleMode.SAFE);

    assertThat(rules.externalRules()).hasSize(2);
  }

  @Test
  void resourceRules_askForContainersAndNodes() {
    String rule =
        "{containerQuery: 'sum(rate(c{<<.LabelMatchers>>}[3m])) by (<<.GroupBy>>)', nodeQuery:"
            + " 'sum(n{<<.LabelMatchers>>}) by (<<.GroupBy>>)', containerLabel: container,"
            + " resources: {overrides: {ns: {resource: namespace}, pod: {resource: pod}, instance:"
            + " {resource: node}}}}";
    ResourceRules rules =
        Rules.read(
                "resourceRules: {cpu: " + rule + ", memory: " + rule + ", window: 3m}",
                RuleMode.SAFE)
            .resourceRules()
            .orElseThrow();

    assertThat(rules.window()).isEqualTo(Duration.ofMinutes(3));
    assertThat(rules.cpu().containerQuery("a", List.of("p", "q"), Kinds.RECORDED))
        .isEqualTo("sum(rate(c{ns=\"a\",pod=~\"p|q\"}[3m])) by (pod,container)");
    assertThat(rules.memory().nodeQuery(List.of("n1"), Kinds.RECORDED))
        .isEqualTo("sum(n{instance=\"n1\"}) by (instance)");
  }

  record Case(String name, String yaml, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case rule(String name, String rule, String expected) {
    return new Case(name, "rules: [{" + rule + "}]", "rules.yaml:1:" + expected);
  }

  static Stream<Case> refused() {
    String rest = ", metricsQuery: '<<.Series>>'";
    return Stream.of(
        rule(
            "D3",
            "seriesQuery: q, seriesFilters: [{is: a, isNot: b}]" + rest,
            "42: rules[0].seriesFilters[0]: must have either is or isNot"),
        rule(
            "series query is no selector",
            "seriesQuery: 'sum(q)'" + rest,
            "23: rules[0].seriesQuery: PromQL, character 4: expected the end, was: '('"),
        rule(
            "bad regex",
            "seriesQuery: q, name: {matches: '(a'}" + rest,
            "42: rules[0].name.matches: must be a regular expression of RE2: missing closing ):"
                + " (a"),
        rule(
            "lookahead",
            "seriesQuery: q, name: {matches: '(?=a)'}" + rest,
            "42: rules[0].name.matches: must be a regular expression of RE2: invalid or"
                + " unsupported Perl syntax: (?="),
        rule(
            "unknown field",
            "seriesQuery: q, seriesFilter: []" + rest,
            "26: rules[0].seriesFilter: unknown key, did you mean seriesFilters?"),
        rule(
            "bad PromQL",
            "seriesQuery: q, metricsQuery: 'sum(<<.Series>>'",
            "40: rules[0].metricsQuery: PromQL, character 16: expected ')', was: the end, in:"
                + " sum(some_series"),
        rule(
            "function outside the subset",
            "seriesQuery: q, metricsQuery: '<<html .Series>>'",
            "40: rules[0].metricsQuery: template: unsupported function or keyword html"),
        rule(
            "label that is none",
            "seriesQuery: q, resources: {overrides: {a-b: {resource: pod}}}" + rest,
            "37: rules[0].resources: overrides: keys must be labels of Prometheus, was: a-b"),
        rule(
            "no such backend",
            "seriesQuery: q, backend: thanos" + rest,
            "35: rules[0].backend: must be a key of backends (mimir), was: thanos"),
        rule(
            "hold without a limit",
            "seriesQuery: q, onEmpty: hold" + rest,
            "9: rules[0]: maxAge: is required with onEmpty: hold"),
        rule(
            "NaN to zero",
            "seriesQuery: q, onNaN: zero" + rest,
            "33: rules[0].onNaN: must be error, was: zero, which makes an amount of what is"
                + " unknown and needs compat: true"),
        rule(
            "word that is no choice",
            "seriesQuery: q, onEmpty: none" + rest,
            "35: rules[0].onEmpty: must be one of error, zero, hold, was: none"),
        rule("raw without a metric", "query: up", "9: rules[0].metric: is required"),
        rule(
            "raw with a bad name",
            "metric: a/b, query: up, resources: {overrides: {pod:" + " {resource: pod}}}",
            "18: rules[0].metric: must be a name without slash, percent sign and space, was: a/b"),
        rule(
            "raw without labels",
            "metric: m, query: up",
            "9: rules[0]: resources.overrides: is required, to say which label of the rows names"
                + " which object"),
        rule(
            "raw with a series query",
            "metric: m, query: up, seriesQuery: q, resources:"
                + " {overrides: {pod: {resource: pod}}}",
            "32: rules[0].seriesQuery: unknown key, known are: query, metric, resources, backend,"
                + " onEmpty, onNaN, onInf, maxAge"),
        new Case(
            "external index out of range",
            "externalRules: [{seriesQuery: q, metricsQuery: '<<index .GroupBySlice 0>>'}]",
            "rules.yaml:1:48: externalRules[0].metricsQuery: template: index out of range: 0 of a"
                + " list of 0"),
        new Case(
            "resource rule without node query",
            "resourceRules: {cpu: {containerQuery: a, containerLabel: c}, memory: {}}",
            """
            rules.yaml:1:22: resourceRules.cpu.nodeQuery: is required
            rules.yaml:1:70: resourceRules.memory.containerQuery: is required
            rules.yaml:1:70: resourceRules.memory.nodeQuery: is required
            rules.yaml:1:70: resourceRules.memory.containerLabel: is required"""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(Case c) {
    assertThat(Rules.refusal(c.yaml(), RuleMode.SAFE)).isEqualTo(c.expected());
  }
}
