// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.rules.RecordedCases.Case;
import io.agentscale.adapter.rules.RecordedCases.Request;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A user's existing configuration must expose the same metrics and send the same queries; where the
 * recorded server was wrong, each difference is named here.
 */
final class RecordedCasesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:26:59Z");

  /** What is answered instead of what was recorded, and why. */
  private static final Map<String, String> BETTER =
      Map.ofEntries(
          Map.entry( // A metric without a name cannot be asked for.
              "as $1_per_second pitfall",
              "refused: 4:9: rules[0].name: as: matches has no group 1_per_second,"
                  + " did you mean ${1}_per_second?"),
          Map.entry(
              "two groups no as",
              "refused: 4:9: rules[0].name: as: is required, because matches has 2 groups:"
                  + " ^(.*)_(total)$"),
          Map.entry(
              "is and isNot in one filter",
              "refused: 3:19: rules[0].seriesFilters[0]: must have either is or isNot"),
          Map.entry(
              "empty filter",
              "refused: 3:19: rules[0].seriesFilters[0]: must have either is or isNot"),
          Map.entry(
              "unknown yaml field",
              "refused: 2:3: rules[0].metricsQuery: is required\n"
                  + "3:3: rules[0].bogus: unknown key, known are: query, seriesQuery,"
                  + " seriesFilters, name, resources, metricsQuery, backend, onEmpty, onNaN, onInf,"
                  + " maxAge"),
          Map.entry(
              "template without Resource",
              "refused: 3:25: rules[0].resources.template: must contain <<.Resource>>, was:"
                  + " kube_x"),
          Map.entry(
              "template syntax error",
              "refused: 4:17: rules[0].metricsQuery: template: unclosed action <<.Series"),
          Map.entry( // Refused when it is loaded, not at each request.
              "template unknown field",
              "refused: 4:17: rules[0].metricsQuery: template: .Foo does not exist in the"
                  + " template's data"),
          Map.entry("empty metricsQuery", "refused: 2:3: rules[0].metricsQuery: is required"),
          Map.entry( // One rule must not stop the others, and the kind may be installed later.
              "override unknown resource",
              "METRICS: []\nREMARK: resources.overrides: the cluster has no kind widget"),
          Map.entry( // Cluster-scoped kinds can be asked for.
              "cluster-scoped custom kind is exposed as namespaced",
              """
              METRICS: [ingressclasses.networking.k8s.io/m(namespaced=false)]
                ingressclasses.networking.k8s.io ns= m names=[nginx] sel="" -> found=true\
               m{ic="nginx"}
                ingressclasses.networking.k8s.io ns=x m names=[nginx] sel="" -> found=false\
              """),
          Map.entry( // A row that names no object is nobody's value.
              "node only metric with extra labels",
              """
              METRICS: [nodes/m(namespaced=false)]
                nodes. ns= m names=[n1 n2] sel="" -> found=true m{node=~"n1|n2"}
                   values={"n1":"2"} true\
              """),
          Map.entry( // Without a resources block the label is called namespace.
              "ext no resources block (sample-config)",
              """
              METRICS: [queue_consumer_lag]
                ext ns=default queue_consumer_lag sel="" -> sum(queue_consumer_lag\
              {namespace="default"}) by (name) err=<nil>\
              """));

  /** What the default mode does differently beyond that. */
  private static final Map<String, String> SAFE =
      Map.of(
          "advanced template", // Not PromQL.
          """
          refused: 4:17: rules[0].metricsQuery: PromQL, character 40: expected the end, was: 'by',\
           in: some_series{namespace=~"some_object",} by (namespace)  some_object 1 no\
           "namespace" [namespace] map[namespace:some_object]\
          """,
          "ext template kube_", // Not PromQL.
          """
          refused: 5:17: externalRules[0].metricsQuery: PromQL, character 63: expected a duration,\
           was: ']', in: sum(rate(some_series{namespace="some_namespace"}[5m])) by () []\
           map[namespace:some_namespace]\
          """,
          "node only metric with extra labels",
          """
          METRICS: [nodes/m(namespaced=false)]
            nodes. ns= m names=[n1 n2] sel="" -> found=true m{node=~"n1|n2"}
               values={} true\
          """);

  static Stream<Case> cases() {
    return RecordedCases.exist() ? RecordedCases.cases().stream() : Stream.empty();
  }

  @Test
  void recording_isThere() {
    assumeTrue(RecordedCases.exist(), "skipped: no ../../shared/vectors/metrics-api");
    assertThat(RecordedCases.cases()).hasSize(37);
    assertThat(RecordedCases.cases().stream().mapToInt(c -> c.requests().size()).sum())
        .isEqualTo(53);
    assertThat(RecordedCases.expected().keySet()).containsAll(BETTER.keySet());
    assertThat(RecordedCases.expected().keySet()).containsAll(SAFE.keySet());
  }

  @Test
  void recordedServersConfiguration_isAConfiguration() throws IOException {
    assumeTrue(RecordedCases.exist(), "skipped: no ../../shared/vectors/metrics-api");
    AdapterConfig config = AdapterConfig.load(RecordedCases.FOLDER.resolve("config.yaml"));

    assertThat(config.mode()).isEqualTo(RuleMode.SAFE);
    assertThat(config.rules().objectRules()).hasSize(4);
    assertThat(config.rules().externalRules()).hasSize(5);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("cases")
  void compatible_answersAsRecorded(Case recorded) {
    String expected =
        Optional.ofNullable(BETTER.get(recorded.name()))
            .or(() -> Optional.ofNullable(RecordedCases.expected().get(recorded.name())))
            .orElseThrow();

    assertThat(answered(recorded, "compat: true")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("cases")
  void safe_differsOnlyWhereSaid(Case recorded) {
    String expected =
        Optional.ofNullable(SAFE.get(recorded.name()))
            .or(() -> Optional.ofNullable(BETTER.get(recorded.name())))
            .or(() -> Optional.ofNullable(RecordedCases.expected().get(recorded.name())))
            .orElseThrow()
            .replace("pod=~\"web.0|web.1\"", "pod=~\"web\\\\.0|web\\\\.1\"")
            .replace("path=~\"a.b|c\"", "path=~\"a\\\\.b|c\"")
            .replace("app.kubernetes.io/name=\"x\"", "app_kubernetes_io_name=\"x\"");

    assertThat(answered(recorded, "compat: false")).isEqualTo(expected);
  }

  private static String answered(Case recorded, String mode) {
    RuleSet rules;
    try {
      rules = AdapterConfig.parse("", Path.of("."), recorded.config() + "\n" + mode).rules();
    } catch (InvalidYamlException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().substring(1))
          .collect(joining("\n", "refused: ", ""));
    }
    Map<Rule, List<Series>> series = new HashMap<>();
    allRules(rules).forEach(rule -> series.put(rule, seriesOf(rule, recorded)));
    MetricRegistry registry = MetricRegistry.of(rules, series, Kinds.RECORDED);
    List<String> lines = new ArrayList<>();
    lines.add("METRICS: " + exposed(registry));
    registry.remarks().stream()
        .filter(remark -> remark.text().contains("no kind"))
        .forEach(remark -> lines.add("REMARK: " + remark.text()));
    recorded.requests().forEach(request -> lines.add(answered(registry, request)));
    return String.join("\n", lines).strip();
  }

  private static Stream<Rule> allRules(RuleSet rules) {
    return Stream.concat(rules.objectRules().stream(), rules.externalRules().stream());
  }

  /** Series are recorded by query; where there are two rules, each has one family. */
  private static List<Series> seriesOf(Rule rule, Case recorded) {
    if (rule instanceof Rule.Discovery discovery && recorded.name().equals("later rule wins")) {
      return recorded.series().stream()
          .filter(one -> one.name().startsWith(discovery.seriesQuery()))
          .toList();
    }
    return recorded.series();
  }

  private static String exposed(MetricRegistry registry) {
    List<String> exposed = new ArrayList<>();
    registry
        .catalog()
        .objectMetrics()
        .forEach(
            metric ->
                exposed.add(
                    metric.resource()
                        + "/"
                        + metric.name()
                        + "(namespaced="
                        + metric.namespaced()
                        + ")"));
    exposed.addAll(registry.catalog().externalMetrics());
    return exposed.stream().sorted().toList().toString().replace(", ", " ");
  }

  private static String answered(MetricRegistry registry, Request request) {
    LabelSelector selector = LabelSelector.parse(request.selector());
    if (request.external()) {
      QueryPlan plan =
          registry.external(request.metric()).orElseThrow().plan(request.namespace(), selector);
      return "  ext ns=%s %s sel=\"%s\" -> %s err=<nil>"
          .formatted(request.namespace(), request.metric(), request.selector(), promql(plan));
    }
    Optional<ObjectMetric> metric =
        registry.object(
            new GroupResource(request.group(), request.resource()),
            request.metric(),
            Kinds.RECORDED);
    Optional<String> namespace = Optional.of(request.namespace()).filter(ns -> !ns.isEmpty());
    String query = metric.map(m -> promql(m.plan(namespace, request.names(), selector))).orElse("");
    return "  %s.%s ns=%s %s names=[%s] sel=\"%s\" -> found=%s %s%s"
        .formatted(
            request.resource(),
            request.group(),
            request.namespace(),
            request.metric(),
            String.join(" ", request.names()),
            request.selector(),
            !query.isEmpty(),
            query,
            request.vector().isEmpty() ? "" : values(metric.orElseThrow(), request));
  }

  private static String promql(QueryPlan plan) {
    return switch (plan) {
      case QueryPlan.Ask ask -> ask.promql();
      case QueryPlan.Refuse refuse -> "";
    };
  }

  private static String values(ObjectMetric metric, Request request) {
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> recorded : request.vector()) {
      Map<String, String> labels = new HashMap<>(recorded);
      double value = Double.parseDouble(Optional.ofNullable(labels.remove("VALUE")).orElseThrow());
      rows.add(new Row(labels, value, NOW));
    }
    ObjectValues values =
        ObjectValues.of(metric, rows, Optional.empty(), LabelSelector.EVERYTHING, NOW);
    Map<String, String> shown = new TreeMap<>();
    for (String name : request.names()) {
      if (values.of(name) instanceof Reading.Value value) {
        shown.put("\"" + name + "\"", "\"" + (long) value.value() + "\"");
      }
    }
    return "\n     values=" + shown.toString().replace("=", ":") + " true";
  }
}
