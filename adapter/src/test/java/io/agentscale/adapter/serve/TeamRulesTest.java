// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.ClusterMetricRules.RuleId;
import io.agentscale.adapter.metrics.MetricsRouter;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams own their rules, and nothing beyond their namespace by them. */
final class TeamRulesTest {
  private static final RuleId OURS = new RuleId("ours", "load");
  private static final String RULE =
      """
      {"metric": "load", "query": "sum(queue) by (pod)",
       "resources": {"overrides": {"pod": {"resource": "pod"}}}}
      """;

  @TempDir private Path directory;
  private FakePrometheus prometheus;
  private KnownObjects known;
  private MetricSources sources;
  private MetricsRouter router;

  @BeforeEach
  void setUp() throws IOException {
    prometheus = new FakePrometheus();
    prometheus.answer("queue {namespace=\"ours\"}", row(1));
    prometheus.answer("queue {namespace=\"theirs\"}", row(2));
    prometheus.answer("sum(platform)", row(9));
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            prometheus: {url: %s}
            rules:
            - metric: platform
              query: sum(platform) by (namespace, pod)
              resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
            """
                .formatted(prometheus.url()));
    Path objects =
        Files.writeString(
            directory.resolve("objects.yaml"),
            """
            {apiVersion: v1, kind: Pod, metadata: {name: p1, namespace: ours}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: p1, namespace: theirs}}
            """);
    known = KnownObjects.ofFile(objects, false);
    ConfigFile file = new ConfigFile(config, read -> read);
    sources =
        new MetricSources(
            file.parse(file.text()), known, new MetricsExporter(), InstantSource.system());
    router = new MetricsRouter(known.kinds(), known.objects(), sources::served);
  }

  @AfterEach
  void tearDown() throws Exception {
    sources.close();
    for (AutoCloseable part : known.parts()) {
      part.close();
    }
    prometheus.close();
  }

  /** As Prometheus answers a query that groups by pod: the namespace is not in the row. */
  private static String row(int value) {
    return "{\"metric\":{\"pod\":\"p1\"},\"value\":[1700000000,\"%d\"]}".formatted(value);
  }

  private String ask(String namespace, String metric) {
    return described(
        router
            .objectValues(
                new ObjectMetricQuery(
                    GroupResource.parse("pods"),
                    Optional.of(namespace),
                    new Objects.Named("p1"),
                    metric,
                    LabelSelector.EVERYTHING))
            .toCompletableFuture()
            .join());
  }

  private static <T> String described(Answer<T> answer) {
    return switch (answer) {
      case Answer.Values<T> values ->
          values.items().toString().replaceAll(".*value=(\\d+),.*", "$1");
      case Answer.Refused<T>(Answer.Reason reason, String _) -> reason.toString();
    };
  }

  @Test
  void rule_servesItsNamespace_fromItsSeries() {
    assertThat(sources.teams().judge(OURS, RULE)).isEmpty();
    assertThat(ask("ours", "load")).isEqualTo("1");
    assertThat(ask("theirs", "load")).isEqualTo("NOT_FOUND");

    assertThat(sources.teams().judge(new RuleId("theirs", "x"), RULE)).isEmpty();
    assertThat(ask("theirs", "load")).isEqualTo("2");
    assertThat(ask("ours", "load")).isEqualTo("1");
    assertThat(router.catalog().objectMetrics())
        .filteredOn(metric -> metric.name().equals("load"))
        .hasSize(1);

    sources.teams().forget(OURS);
    assertThat(ask("ours", "load")).isEqualTo("NOT_FOUND");
    assertThat(ask("theirs", "load")).isEqualTo("2");
  }

  @Test
  void external_isServedToItsNamespaceOnly() {
    assertThat(
            sources
                .teams()
                .judge(OURS, "{\"external\": true, \"metric\": \"depth\", \"query\": \"queue\"}"))
        .isEmpty();
    assertThat(external("ours")).isEqualTo("1");
    assertThat(external("theirs")).isEqualTo("NOT_FOUND");
  }

  private String external(String namespace) {
    return described(
        router
            .externalValues(new ExternalMetricQuery(namespace, "depth", LabelSelector.EVERYTHING))
            .toCompletableFuture()
            .join());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"metric\": \"m\", \"query\": \"sum(\"} | spec.query: PromQL",
        "{\"metric\": \"m\"} | spec.seriesQuery: is required",
        "{\"metric\": \"m\", \"query\": \"up\", \"nonsense\": 1} | nonsense",
        "{\"external\": true, \"metric\": \"m\", \"query\": \"info(up)\"} | query: cannot be confined",
        "{\"metric\": \"m\", \"query\": \"up\", \"backend\": \"x\"} | spec.backend: must be a key",
        "[] | spec: must be a mapping"
      })
  void invalidRule_isRefusedAlone_withItsField(String spec, String cause) {
    assertThat(sources.teams().judge(OURS, RULE)).isEmpty();

    assertThat(sources.teams().judge(new RuleId("ours", "bad"), spec).orElse("accepted"))
        .contains(cause);
    assertThat(ask("ours", "load")).isEqualTo("1");

    assertThat(sources.teams().judge(OURS, spec)).isPresent();
    assertThat(ask("ours", "load")).as("edited into nonsense").isEqualTo("NOT_FOUND");
  }

  @Test
  void platformRules_goBefore() {
    String shadow = RULE.replace("\"load\"", "\"platform\"");
    assertThat(sources.teams().judge(OURS, shadow)).isEmpty();

    // The row has no namespace: the platform's rule needs one, and a team's may not stand in.
    assertThat(ask("ours", "platform")).isEqualTo("NO_SAMPLE");
  }

  @Test
  void discoveryRule_listsTheSeriesOfItsNamespace() {
    prometheus.series("queue_length {namespace=\"ours\"}", "queue_length", "namespace", "pod");
    prometheus.answer("queue_length { namespace=\"ours\",", row(3));
    String rule =
        """
        {"seriesQuery": "queue_length",
         "resources": {"overrides": {"pod": {"resource": "pod"}}},
         "metricsQuery": "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)"}
        """;
    assertThat(sources.teams().judge(OURS, rule)).isEmpty();
    assertThat(sources.teams().judge(new RuleId("theirs", "x"), rule)).isEmpty();
    sources.start();

    await().until(() -> ask("ours", "queue_length").equals("3"));
    assertThat(ask("theirs", "queue_length")).isEqualTo("NOT_FOUND");
  }
}
