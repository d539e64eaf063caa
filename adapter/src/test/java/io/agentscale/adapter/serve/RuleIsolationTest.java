// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.metrics.MetricsRouter;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Reason;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.MetricCatalog.ObjectMetric;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects.Named;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects.Selected;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One team's bad rule must not take another team's metric away: not from lists, not from values.
 */
final class RuleIsolationTest {
  private static final String OVERRIDES =
      "resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}";

  @TempDir private Path directory;
  private FakePrometheus prometheus;
  private KnownObjects known;
  private MetricSources sources;
  private MetricsRouter router;

  @BeforeEach
  void setUp() throws IOException {
    prometheus = new FakePrometheus();
    for (String name : new String[] {"good", "refused", "hanging", "selective"}) {
      prometheus.series(name, name, "namespace", "pod");
    }
    prometheus.refuse("rate(refused", "too many samples");
    prometheus.hang("rate(hanging");
    prometheus.hang("unlistable_slow");
    prometheus.refuse("unlistable_bad", "no such tenant");
    prometheus.answer(
        "good",
        "{\"metric\":{\"namespace\":\"team\",\"pod\":\"p1\"},\"value\":[%d,\"7\"]}"
            .formatted(InstantSource.system().instant().getEpochSecond()));
    Path objects =
        Files.writeString(
            directory.resolve("objects.yaml"),
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p1, namespace: team}\n");
    AdapterConfig config = AdapterConfig.parse("config.yaml", directory, config());
    known = KnownObjects.ofFile(objects, false);
    sources = new MetricSources(config, known, new MetricsExporter(), InstantSource.system());
    router = new MetricsRouter(known.kinds(), known.objects(), sources::served);
    sources.start();
  }

  private String config() {
    return """
    prometheus: {url: %s, timeout: 2s}
    presets: {enabled: []}
    rules:
    %s%s%s%s%s%s
    externalRules:
    %s%s
    """
        .formatted(
            prometheus.url(),
            rule("unlistable_slow"),
            rule("unlistable_bad"),
            rule("refused"),
            rule("hanging"),
            rule("selective"),
            rule("good"),
            rule("hanging"),
            rule("good"));
  }

  private static String rule(String series) {
    return """
    - seriesQuery: %s
      metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)
      %s
    """
        .formatted(series, OVERRIDES);
  }

  @AfterEach
  void tearDown() throws Exception {
    sources.close();
    prometheus.close();
    for (AutoCloseable part : known.parts()) {
      part.close();
    }
  }

  private CompletionStage<Answer<ObjectMetricValue>> ask(
      String metric, ObjectMetricQuery.Objects objects, String selector) {
    return router.objectValues(
        new ObjectMetricQuery(
            GroupResource.parse("pods"),
            Optional.of("team"),
            objects,
            metric,
            LabelSelector.parse(selector)));
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private boolean isListed(String metric) {
    return router.catalog().objectMetrics().stream()
        .map(ObjectMetric::name)
        .anyMatch(metric::equals);
  }

  private void assertGoodIsServed() {
    assertThat(outcome(ask("good", new Named("p1"), ""))).isEqualTo("1 values");
    assertThat(outcome(ask("good", new Selected(LabelSelector.EVERYTHING), "")))
        .isEqualTo("1 values");
    assertThat(
            outcome(
                router.externalValues(
                    new ExternalMetricQuery("team", "good", LabelSelector.EVERYTHING))))
        .isEqualTo("1 values");
  }

  private static <T> String outcome(CompletionStage<Answer<T>> answer) {
    return switch (joined(answer)) {
      case Answer.Values<T> values -> values.items().size() + " values";
      case Answer.Refused<T>(Reason reason, String cause) -> reason + ": " + cause;
    };
  }

  @Test
  void ruleWhoseListingHangs_delaysNoOtherRules() {
    await().atMost(1500, TimeUnit.MILLISECONDS).until(() -> isListed("good"));
    assertThat(router.catalog().externalMetrics()).contains("good");
    assertGoodIsServed();
    assertThat(sources.unready()).as("the slow listing is still under way").isPresent();
  }

  @Test
  void everyBadRule_failsItsOwnMetricOnly_andSaysWhy() {
    await().until(() -> sources.unready().isEmpty());
    assertThat(isListed("unlistable_slow")).isFalse();
    assertThat(isListed("unlistable_bad")).isFalse();
    assertThat(isListed("refused")).isTrue();
    assertThat(isListed("hanging")).isTrue();

    CompletableFuture<Answer<ObjectMetricValue>> hanging =
        ask("hanging", new Named("p1"), "").toCompletableFuture();
    assertThat(outcome(ask("refused", new Selected(LabelSelector.EVERYTHING), "")))
        .startsWith("SOURCE_FAILED: ")
        .contains("422", "too many samples", "`refused`", "line");
    assertThat(outcome(ask("selective", new Named("p1"), "a>5")))
        .as("a question that its query cannot be written for")
        .startsWith("BAD_REQUEST: ");
    assertThat(outcome(ask("unlistable_bad", new Named("p1"), "")))
        .contains("no such tenant", "unlistable_bad");
    assertGoodIsServed();
    assertThat(hanging).as("others are answered meanwhile").isNotDone();
    assertThat(outcome(hanging)).startsWith("SOURCE_FAILED: ").contains("2000 ms", "`hanging`");
    assertGoodIsServed();
  }
}
