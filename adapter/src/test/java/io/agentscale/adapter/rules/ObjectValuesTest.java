// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value given to the wrong object, or made of an unknown one, scales a service wrongly. */
final class ObjectValuesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:26:59Z");
  private static final String NODE_RULE =
      "seriesQuery: q, resources: {overrides: {node: {resource: node}}}, metricsQuery:"
          + " '<<.Series>>{<<.LabelMatchers>>}'";
  private static final String RAW_RULE =
      "metric: m, query: q, resources: {overrides: {ns: {resource: namespace}, pod: {resource:"
          + " pod}}}";

  @Test
  void twoRowsForOneObject_areAnErrorUnlessCompatible() { // F18
    List<Row> rows =
        List.of(
            row(1, NOW, Map.of("node", "n1", "gpu", "0")),
            row(2, NOW, Map.of("node", "n1", "gpu", "1")));

    assertThat(node(NODE_RULE, RuleMode.COMPATIBLE, rows).of("n1"))
        .isEqualTo(new Reading.Value(2, NOW, Optional.empty()));
    assertThat(node(NODE_RULE, RuleMode.SAFE, rows).of("n1"))
        .isInstanceOfSatisfying(
            Reading.Absent.class,
            absent ->
                assertThat(absent.cause())
                    .startsWith(
                        "rule `q` line 1 of rules.yaml: 2 series describe nodes n1 and none is"
                            + " better than another, aggregate them in the query")
                    .contains("gpu=0")
                    .contains("gpu=1"));
  }

  @Test
  void rowWithoutTheLabel_isNobodysValueAndIsSaid() {
    ObjectValues values = node(NODE_RULE, RuleMode.SAFE, List.of(row(9, NOW, Map.of())));

    assertThat(values.names()).isEmpty();
    assertThat(values.of("n1"))
        .isEqualTo(
            new Reading.Absent(
                "no series for nodes n1; 1 came without the label node, group by it"));
  }

  record Case(String name, String policy, RuleMode mode, List<Row> rows, Reading expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> unusualValues() {
    Instant old = NOW.minusSeconds(31);
    return Stream.of(
        single("NaN", "", RuleMode.SAFE, Double.NaN, absent("NaN, often a division by zero")),
        single("NaN, compatible", "", RuleMode.COMPATIBLE, Double.NaN, value(0, NOW)),
        single(
            "NaN, compatible but told otherwise",
            ", onNaN: error",
            RuleMode.COMPATIBLE,
            Double.NaN,
            absent("NaN, often a division by zero")),
        single("+Inf", "", RuleMode.SAFE, Double.POSITIVE_INFINITY, absent("+Inf; see onInf")),
        single(
            "-Inf, compatible too",
            "",
            RuleMode.COMPATIBLE,
            Double.NEGATIVE_INFINITY,
            absent("-Inf; see onInf")),
        single(
            "+Inf, saturated",
            ", onInf: saturate",
            RuleMode.SAFE,
            Double.POSITIVE_INFINITY,
            value(Double.POSITIVE_INFINITY, NOW)),
        new Case(
            "too old",
            ", maxAge: 30s",
            RuleMode.SAFE,
            List.of(row(5, old, Map.of("node", "n1"))),
            new Reading.Stale(old, "the sample is 31 s old, more than maxAge: 30 s")),
        new Case(
            "old enough",
            ", maxAge: 31s",
            RuleMode.SAFE,
            List.of(row(5, old, Map.of("node", "n1"))),
            value(5, old)),
        new Case(
            "no row", "", RuleMode.SAFE, List.of(), new Reading.Absent("no series for nodes n1")),
        new Case(
            "no row, compatible",
            "",
            RuleMode.COMPATIBLE,
            List.of(),
            new Reading.Absent("no series for nodes n1")),
        new Case("no row is zero", ", onEmpty: zero", RuleMode.SAFE, List.of(), value(0, NOW)),
        new Case(
            "no row, held elsewhere",
            ", onEmpty: hold, maxAge: 1m",
            RuleMode.SAFE,
            List.of(),
            new Reading.Absent("no series for nodes n1")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void unusualValues(Case c) {
    assertThat(node(NODE_RULE + c.policy(), c.mode(), c.rows()).of("n1")).isEqualTo(c.expected());
  }

  @Test
  void rawRule_picksTheRowsOfNamespaceAndSelector() {
    ObjectMetric metric = metric(RAW_RULE, RuleMode.SAFE, "pods");
    List<Row> rows =
        List.of(
            row(1, NOW, Map.of("ns", "a", "pod", "p", "app_name", "x")),
            row(2, NOW, Map.of("ns", "b", "pod", "p", "app_name", "x")),
            row(3, NOW, Map.of("ns", "b", "pod", "p", "app_name", "y")));

    ObjectValues values =
        ObjectValues.of(metric, rows, Optional.of("b"), LabelSelector.parse("app.name=x"), NOW);

    assertThat(values.of("p")).isEqualTo(value(2, NOW));
    assertThat(values.names()).containsExactly("p");
  }

  @Test
  void rawExternalRule_picksTheRowsOfNamespaceAndSelector() {
    RuleSet rules =
        Rules.read(
            "externalRules: [{metric: m, query: q, resources: {overrides: {ns: {resource:"
                + " namespace}}}}]",
            RuleMode.SAFE);
    ExternalMetric metric = Rules.discover(rules, Kinds.RECORDED).external("m").orElseThrow();
    Row wanted = row(1, NOW, Map.of("ns", "a", "topic", "t"));
    List<Row> rows = List.of(wanted, row(2, NOW, Map.of("ns", "b", "topic", "t")));

    assertThat(metric.select(rows, "a", LabelSelector.parse("topic=t"))).containsExactly(wanted);
    assertThat(metric.select(rows, "a", LabelSelector.parse("topic=u"))).isEmpty();
    assertThat(metric.select(rows, "", LabelSelector.EVERYTHING)).isEqualTo(rows);
  }

  @Test
  void rawExternalRule_withoutANamespaceLabel_answersEveryNamespace() {
    RuleSet rules = Rules.read("externalRules: [{metric: m, query: q}]", RuleMode.SAFE);
    ExternalMetric metric = Rules.discover(rules, Kinds.RECORDED).external("m").orElseThrow();
    List<Row> rows = List.of(row(1, NOW, Map.of()));

    assertThat(metric.select(rows, "a", LabelSelector.EVERYTHING)).isEqualTo(rows);
  }

  private static Case single(
      String name, String policy, RuleMode mode, double value, Reading expected) {
    return new Case(name, policy, mode, List.of(row(value, NOW, Map.of("node", "n1"))), expected);
  }

  private static Reading value(double value, Instant at) {
    return new Reading.Value(value, at, Optional.empty());
  }

  private static Reading absent(String what) {
    return new Reading.Absent("Prometheus answered " + what);
  }

  private static Row row(double value, Instant at, Map<String, String> labels) {
    return new Row(labels, value, at);
  }

  private static ObjectValues node(String rule, RuleMode mode, List<Row> rows) {
    return ObjectValues.of(
        metric(rule, mode, "nodes"), rows, Optional.empty(), LabelSelector.EVERYTHING, NOW);
  }

  private static ObjectMetric metric(String rule, RuleMode mode, String resource) {
    return Rules.discover(
            Rules.read("rules: [{" + rule + "}]", mode),
            Kinds.RECORDED,
            List.of(Rules.series("m", "node")))
        .object(new GroupResource("", resource), "m", Kinds.RECORDED)
        .orElseThrow();
  }
}
