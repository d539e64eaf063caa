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

/** The rules prometheus-adapter generates are what most installations run: conformance cases C. */
final class DefaultRulesTest {
  private static final String CONTAINER =
      """
      - seriesQuery: '{__name__=~"^container_.*",container!="POD",namespace!="",pod!=""}'
        resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
      """;
  private static final String OTHER =
      """
      - seriesQuery: '{kube_namespace!="",__name__!~"^container_.*"}'
        resources: {template: "kube_<<.Resource>>"}
      """;
  private static final String CONTAINER_RATE =
      "  metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>,container!=\"POD\"}[1m])) by"
          + " (<<.GroupBy>>)'\n";
  private static final String RATE =
      "  metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)'\n";
  private static final String YAML =
      "rules:\n"
          + (CONTAINER + "  name: {matches: '^container_(.*)_seconds_total$'}\n" + CONTAINER_RATE)
          + CONTAINER
          + "  seriesFilters: [{isNot: '^container_.*_seconds_total$'}]\n"
          + ("  name: {matches: '^container_(.*)_total$'}\n" + CONTAINER_RATE)
          + (CONTAINER + "  seriesFilters: [{isNot: '^container_.*_total$'}]\n")
          + "  name: {matches: '^container_(.*)$'}\n"
          + "  metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>,container!=\"POD\"}) by"
          + " (<<.GroupBy>>)'\n"
          + (OTHER + "  seriesFilters: [{isNot: '.*_total$'}]\n")
          + "  metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'\n"
          + (OTHER + "  seriesFilters: [{isNot: '.*_seconds_total'}]\n")
          + ("  name: {matches: '^(.*)_total$'}\n" + RATE)
          + (OTHER + "  name: {matches: '^(.*)_seconds_total$'}\n" + RATE);

  private static final MetricRegistry REGISTRY =
      Rules.discover(
          Rules.read(YAML, RuleMode.SAFE),
          Kinds.LEGACY,
          container("container_some_time_seconds_total"),
          container("container_some_count_total"),
          container("container_some_usage"),
          List.of(
              Rules.series("node_gigawatts", "kube_node"),
              Rules.series("service_proxy_packets", "kube_service", "kube_namespace")),
          List.of(
              Rules.series(
                  "ingress_hits_total",
                  "kube_ingress",
                  "kube_service",
                  "kube_pod",
                  "kube_namespace"),
              Rules.series("volume_claims_total", "kube_persistentvolume")),
          List.of(
              Rules.series("work_queue_wait_seconds_total", "kube_deployment", "kube_namespace"),
              Rules.series("node_fan_seconds_total", "kube_node")));

  private static List<Series> container(String name) {
    return List.of(Rules.series(name, "pod", "namespace", "container"));
  }

  record Case(
      String name,
      String resource,
      String namespace,
      List<String> names,
      String metric,
      String selector,
      String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> conformance() {
    List<String> pods = List.of("somepod1", "somepod2");
    List<String> service = List.of("somesvc");
    return Stream.of(
        new Case(
            "C1",
            "pods",
            "somens",
            pods,
            "some_usage",
            "",
            "sum(container_some_usage{namespace=\"somens\",pod=~\"somepod1|somepod2\","
                + "container!=\"POD\"}) by (pod)"),
        new Case(
            "C2",
            "pods",
            "somens",
            pods,
            "some_count",
            "",
            "sum(rate(container_some_count_total{namespace=\"somens\",pod=~\"somepod1|somepod2\","
                + "container!=\"POD\"}[1m])) by (pod)"),
        new Case(
            "C3",
            "pods",
            "somens",
            pods,
            "some_time",
            "",
            "sum(rate(container_some_time_seconds_total{namespace=\"somens\","
                + "pod=~\"somepod1|somepod2\",container!=\"POD\"}[1m])) by (pod)"),
        new Case(
            "C4",
            "service",
            "somens",
            service,
            "ingress_hits",
            "",
            "sum(rate(ingress_hits_total{kube_namespace=\"somens\",kube_service=\"somesvc\"}[1m]))"
                + " by (kube_service)"),
        new Case(
            "C5",
            "service",
            "somens",
            service,
            "ingress_hits",
            "param1=value1",
            "sum(rate(ingress_hits_total{param1=\"value1\",kube_namespace=\"somens\","
                + "kube_service=\"somesvc\"}[1m])) by (kube_service)"),
        new Case(
            "C6",
            "ingress.extensions",
            "somens",
            List.of("someingress"),
            "ingress_hits",
            "",
            "sum(rate(ingress_hits_total{kube_namespace=\"somens\",kube_ingress=\"someingress\"}"
                + "[1m])) by (kube_ingress)"),
        new Case(
            "C7",
            "pod",
            "somens",
            List.of("somepod"),
            "ingress_hits",
            "",
            "sum(rate(ingress_hits_total{kube_namespace=\"somens\",kube_pod=\"somepod\"}[1m])) by"
                + " (kube_pod)"),
        new Case(
            "C8",
            "service",
            "somens",
            service,
            "service_proxy_packets",
            "",
            "sum(service_proxy_packets{kube_namespace=\"somens\",kube_service=\"somesvc\"}) by"
                + " (kube_service)"),
        new Case(
            "C9",
            "deployment.extensions",
            "somens",
            List.of("somedep"),
            "work_queue_wait",
            "",
            "sum(rate(work_queue_wait_seconds_total{kube_namespace=\"somens\","
                + "kube_deployment=\"somedep\"}[1m])) by (kube_deployment)"),
        new Case(
            "C10",
            "node",
            "",
            List.of("somenode"),
            "node_gigawatts",
            "",
            "sum(node_gigawatts{kube_node=\"somenode\"}) by (kube_node)"),
        new Case(
            "C11",
            "persistentvolume",
            "",
            List.of("somepv"),
            "volume_claims",
            "",
            "sum(rate(volume_claims_total{kube_persistentvolume=\"somepv\"}[1m])) by"
                + " (kube_persistentvolume)"),
        new Case(
            "C12",
            "node",
            "",
            List.of("somenode"),
            "node_fan",
            "",
            "sum(rate(node_fan_seconds_total{kube_node=\"somenode\"}[1m])) by (kube_node)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void conformance(Case c) {
    ObjectMetric metric =
        REGISTRY.object(GroupResource.parse(c.resource()), c.metric(), Kinds.LEGACY).orElseThrow();
    Optional<String> namespace = Optional.of(c.namespace()).filter(ns -> !ns.isEmpty());

    assertThat(Rules.promql(metric.plan(namespace, c.names(), LabelSelector.parse(c.selector()))))
        .isEqualTo(c.expected());
  }

  /** C13; the reference lists these 17 in no order, here it is by name, then by kind. */
  @Test
  void catalog_listsEveryMetricOfEveryKind() {
    assertThat(REGISTRY.catalog().objectMetrics())
        .extracting(m -> m.resource() + "/" + m.name() + (m.namespaced() ? "" : " (cluster)"))
        .containsExactly(
            "ingresses.extensions/ingress_hits",
            "namespaces/ingress_hits (cluster)",
            "pods/ingress_hits",
            "services/ingress_hits",
            "nodes/node_fan (cluster)",
            "nodes/node_gigawatts (cluster)",
            "namespaces/service_proxy_packets (cluster)",
            "services/service_proxy_packets",
            "namespaces/some_count (cluster)",
            "pods/some_count",
            "namespaces/some_time (cluster)",
            "pods/some_time",
            "namespaces/some_usage (cluster)",
            "pods/some_usage",
            "persistentvolumes/volume_claims (cluster)",
            "deployments.extensions/work_queue_wait",
            "namespaces/work_queue_wait (cluster)");
  }

  /** C14: before the first discovery nothing is listed. */
  @Test
  void catalog_beforeDiscovery_isEmpty() {
    MetricRegistry registry = Rules.discover(Rules.read(YAML, RuleMode.SAFE), Kinds.LEGACY);

    assertThat(registry.catalog().objectMetrics()).isEmpty();
  }
}
