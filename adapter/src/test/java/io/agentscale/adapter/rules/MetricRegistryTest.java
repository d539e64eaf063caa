// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which metrics exist, and under which names, decides whether a user's HPA finds its metric. */
final class MetricRegistryTest {
  private static final String POD =
      "resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}";
  private static final String QUERY = "metricsQuery: '<<.Series>>{<<.LabelMatchers>>}'";

  /** Conformance cases D and F: what is exposed for which series. */
  record Exposed(String name, String rule, List<Series> series, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Exposed pods(String name, String extra, List<String> series, String... expected) {
    return new Exposed(
        name,
        "{seriesQuery: q, " + extra + ", " + POD + ", " + QUERY + "}",
        series.stream().map(s -> Rules.series(s, "namespace", "pod")).toList(),
        Stream.of(expected).flatMap(m -> Stream.of("namespaces/" + m, "pods/" + m)).toList());
  }

  static Stream<Exposed> exposes() {
    return Stream.of(
        pods("D1", "seriesFilters: [{is: 'my_.*'}]", List.of("my_label", "your_label"), "my_label"),
        pods(
            "D2",
            "seriesFilters: [{isNot: 'my_.*'}]",
            List.of("my_label", "your_label"),
            "your_label"),
        pods(
            "F1",
            "name: {matches: '^(.*)_total', as: '${1}_per_second'}",
            List.of("http_requests_total"),
            "http_requests_per_second"),
        pods(
            "F4 unanchored, named group",
            "name: {matches: '(?P<base>.*)_bytes', as: '${base}_b'}",
            List.of("mem_bytes", "other"),
            "mem_b"),
        pods(
            "F6 unanchored, one group",
            "name: {matches: 'foo_(.*)_total'}",
            List.of("xfoo_bar_totally"),
            "bar"),
        pods(
            "F7 all filters",
            "seriesFilters: [{is: ^my_}, {isNot: _seconds}]",
            List.of("my_a", "my_seconds_total", "your_a", "our_my_a"),
            "my_a"),
        pods("dollar", "name: {as: 'cost$$'}", List.of("a"), "cost$"),
        pods("F29", "name: {matches: '^vllm:(.*)$', as: 'vllm_${1}'}", List.of("vllm:q"), "vllm_q"),
        new Exposed(
            "F11 no resources block",
            "{seriesQuery: q, " + QUERY + "}",
            List.of(Rules.series("m", "namespace", "pod")),
            List.of()),
        new Exposed(
            "F12 group in the label",
            "{seriesQuery: q, resources: {template: 'kube_<<.Group>>_<<.Resource>>'}, "
                + QUERY
                + "}",
            List.of(
                Rules.series(
                    "m",
                    "kube_apps_deployment",
                    "kube__namespace",
                    "kube_networking_k8s_io_ingress",
                    "kube_batch_job")),
            List.of("deployments.apps/m", "jobs.batch/m")),
        new Exposed(
            "F13 any label that names a kind",
            "{seriesQuery: q, resources: {template: '<<.Resource>>'}, " + QUERY + "}",
            List.of(
                Rules.series(
                    "m",
                    "namespace",
                    "pod",
                    "service",
                    "deployment",
                    "job",
                    "instance",
                    "node",
                    "container",
                    "ingress",
                    "inferencepool")),
            List.of(
                "deployments.apps/m",
                "inferencepools.inference.networking.x-k8s.io/m",
                "ingresses.networking.k8s.io/m",
                "jobs.batch/m",
                "namespaces/m",
                "nodes/m",
                "pods/m",
                "services/m")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void exposes(Exposed c) {
    MetricRegistry registry = discover("rules: [" + c.rule() + "]", c.series());

    assertThat(registry.objects())
        .extracting(metric -> metric.kind().resource() + "/" + metric.name())
        .containsExactlyElementsOf(c.expected());
  }

  @Test
  void clusterScopedCustomKind_isListedAsSuchAndCanBeAskedFor() { // F16, where the reference fails
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, resources: {overrides: {ic: {group: networking.k8s.io,"
                + " resource: ingressclass}}}, "
                + QUERY
                + "}]",
            List.of(Rules.series("m", "ic")));

    assertThat(registry.catalog().objectMetrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.namespaced()).isFalse());
    assertThat(plan(registry, "ingressclasses.networking.k8s.io", "", "nginx"))
        .isEqualTo("m{ic=\"nginx\"}");
    assertThat(plan(registry, "ingressclasses.networking.k8s.io", "x", "nginx"))
        .isEqualTo("NOT_FOUND: ingressclasses.networking.k8s.io live in no namespace");
  }

  @Test
  void twoRulesForOneMetric_theLaterServesAndARemarkSaysSo() { // F17
    String yaml =
        "rules: [{seriesQuery: a, name: {as: m}, "
            + POD
            + ", "
            + QUERY
            + "}, {seriesQuery: b, name: {as: m}, "
            + POD
            + ", "
            + QUERY
            + "}]";
    RuleSet rules = Rules.read(yaml, RuleMode.SAFE);
    MetricRegistry registry =
        Rules.discover(
            rules,
            Kinds.RECORDED,
            List.of(Rules.series("aa", "pod", "namespace")),
            List.of(Rules.series("bb", "pod", "namespace")));

    assertThat(plan(registry, "pods", "n", "p")).isEqualTo("bb{namespace=\"n\",pod=\"p\"}");
    assertThat(registry.remarks())
        .extracting(MetricRegistry.Remark::text)
        .contains("pods/m is served from bb (rule `b` line 1 of rules.yaml), not from aa");
  }

  @Test
  void onlyAPodLabel_requestInANamespace_saysWhatIsMissing() { // F15
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, resources: {overrides: {pod: {resource: pod}}}, "
                + QUERY
                + "}]",
            List.of(Rules.series("m", "namespace", "pod")));

    assertThat(plan(registry, "pods", "n", "a"))
        .isEqualTo(
            "NOT_FOUND: rule `q` line 1 of rules.yaml: no label names the namespace, add one to"
                + " resources.overrides");
  }

  @Test
  void overrideBeatsTemplate() { // F14
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, resources: {template: '<<.Resource>>', overrides: {pod_name:"
                + " {resource: pods}}}, metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by"
                + " (<<.GroupBy>>)'}]",
            List.of(Rules.series("m", "namespace", "pod", "pod_name")));

    assertThat(plan(registry, "pods", "n", "a"))
        .isEqualTo("sum(m{namespace=\"n\",pod_name=\"a\"}) by (pod_name)");
  }

  @Test
  void selectorOperators_becomeMatchersSortedByKey() { // F19
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, " + POD + ", " + QUERY + "}]",
            List.of(Rules.series("a", "namespace", "pod")));
    ObjectMetric metric =
        registry.object(new GroupResource("", "pods"), "a", Kinds.RECORDED).orElseThrow();

    assertThat(
            Rules.promql(
                metric.plan(
                    Optional.of("n"),
                    List.of("p"),
                    LabelSelector.parse("env=prod,app=z,b in (2,1),!c,d,e notin (x),f!=y"))))
        .isEqualTo(
            "a{app=\"z\",b=~\"1|2\",c=\"\",d!=\"\",e!~\"x\",env=\"prod\",f!=\"y\","
                + "namespace=\"n\",pod=\"p\"}");
    assertThat(
            Rules.promql(metric.plan(Optional.of("n"), List.of("p"), LabelSelector.parse("x>5"))))
        .isEqualTo(
            "BAD_REQUEST: rule `q` line 1 of rules.yaml: metricLabelSelector: Prometheus cannot"
                + " compare label x as a number, use =, !=, in or notin");
  }

  @Test
  void seriesNameThatPromqlCannotWrite_isLeftOutWithARemark() {
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, " + POD + ", " + QUERY + "}]",
            List.of(Rules.series("x} or vector(1) #", "namespace", "pod")));

    assertThat(registry.objects()).isEmpty();
    assertThat(registry.remarks())
        .extracting(MetricRegistry.Remark::text)
        .containsExactly("x} or vector(1) #: its name cannot be written in PromQL without quotes");
  }

  @Test
  void nameThatComesOutEmpty_isLeftOutWithARemark() {
    MetricRegistry registry =
        discover(
            "rules: [{seriesQuery: q, name: {matches: 'x(.*)'}, " + POD + ", " + QUERY + "}]",
            List.of(Rules.series("x", "namespace", "pod")));

    assertThat(registry.objects()).isEmpty();
    assertThat(registry.remarks())
        .extracting(MetricRegistry.Remark::text)
        .containsExactly(
            "x: the metric's name must be a name without slash, percent sign and space, was: ''");
  }

  /** Conformance cases F23 to F28: external rules. */
  record External(String name, String rule, String series, String ns, String sel, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<External> external() {
    String sum = "metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (name)'";
    String named = "resources: {overrides: {namespace: {resource: namespace}}}, " + sum;
    return Stream.of(
        new External(
            "F23", named, "lag", "default", "", "sum(lag{namespace=\"default\"}) by (name)"),
        new External(
            "F23 with a selector",
            named,
            "lag",
            "default",
            "name=q,env in (a,b)",
            "sum(lag{env=~\"a|b\",name=\"q\",namespace=\"default\"}) by (name)"),
        new External("no namespace", named, "lag", "", "", "sum(lag{}) by (name)"),
        new External( // F24: the reference answers 500 to all.
            "F24", sum, "lag", "default", "", "sum(lag{namespace=\"default\"}) by (name)"),
        new External(
            "resources without a namespace",
            "resources: {overrides: {variant: {group: apps, resource: deployment}}}, " + sum,
            "lag",
            "default",
            "",
            "sum(lag{namespace=\"default\"}) by (name)"),
        new External(
            "F25",
            "resources: {namespaced: false}, " + sum,
            "lag",
            "default",
            "name=q,namespace=queue",
            "sum(lag{name=\"q\",namespace=\"queue\"}) by (name)"),
        new External(
            "F28",
            "resources: {overrides: {exported_namespace: {resource: namespace}}}, metricsQuery:"
                + " '<<.Series>>{<<.LabelMatchers>>}'",
            "wva_desired_replicas",
            "llm-d",
            "variant_name=ms-llama",
            "wva_desired_replicas{variant_name=\"ms-llama\",exported_namespace=\"llm-d\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void external(External c) {
    MetricRegistry registry =
        discover(
            "externalRules: [{seriesQuery: q, " + c.rule() + "}]",
            List.of(Rules.series(c.series(), "name")));

    assertThat(
            Rules.promql(
                registry
                    .external(c.series())
                    .orElseThrow()
                    .plan(c.ns(), LabelSelector.parse(c.sel()))))
        .isEqualTo(c.expected());
  }

  @Test
  void rawRules_needNoSeries() {
    MetricRegistry registry =
        Rules.discover(
            Rules.read(
                "rules: [{metric: backlog, query: 'sum by (namespace, pod) (q)', "
                    + POD
                    + "}]\nexternalRules: [{metric: depth, query: 'max(depth)'}]",
                RuleMode.SAFE),
            Kinds.RECORDED);

    assertThat(registry.objects())
        .extracting(metric -> metric.kind().resource() + "/" + metric.name())
        .containsExactly("pods/backlog");
    assertThat(
            Rules.promql(
                registry
                    .object(new GroupResource("", "pods"), "backlog", Kinds.RECORDED)
                    .orElseThrow()
                    .plan(Optional.of("n"), List.of("a"), LabelSelector.EVERYTHING)))
        .isEqualTo("sum by (namespace, pod) (q)");
    assertThat(registry.catalog().externalMetrics()).containsExactly("depth");
  }

  private static MetricRegistry discover(String yaml, List<Series> series) {
    return Rules.discover(Rules.read(yaml, RuleMode.SAFE), Kinds.RECORDED, series);
  }

  private static String plan(MetricRegistry registry, String resource, String ns, String name) {
    GroupResource groupResource = GroupResource.parse(resource);
    String metric = registry.objects().getFirst().name();
    return Rules.promql(
        registry
            .object(groupResource, metric, Kinds.RECORDED)
            .orElseThrow()
            .plan(
                Optional.of(ns).filter(text -> !text.isEmpty()),
                List.of(name),
                LabelSelector.EVERYTHING));
  }
}
