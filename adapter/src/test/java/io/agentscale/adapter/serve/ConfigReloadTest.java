// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.metrics.MetricsRouter;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edit of the configuration must never take a metric away from an autoscaler by accident. */
final class ConfigReloadTest {
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p1, namespace: team}
      """;

  @TempDir private Path directory;
  private FakePrometheus prometheus;
  private final List<Boolean> reloads = new ArrayList<>();
  private KnownObjects known;
  private MetricSources sources;
  private MetricsRouter router;
  private ConfigFile file;
  private ConfigWatch watch;

  @BeforeEach
  void setUp() throws IOException {
    prometheus = new FakePrometheus();
    prometheus.answer("one", row(1));
    prometheus.answer("two", row(2));
    write(config(rule("load", "one")));
    Path objects = Files.writeString(directory.resolve("objects.yaml"), OBJECTS);
    known = KnownObjects.ofFile(objects, false);
    file = new ConfigFile(directory.resolve("config.yaml"), config -> config);
    String text = file.text();
    sources =
        new MetricSources(file.parse(text), known, new MetricsExporter(), InstantSource.system());
    router = new MetricsRouter(known.kinds(), known.objects(), sources::served);
    watch = new ConfigWatch(file, text, sources::replace, reloads::add);
  }

  @AfterEach
  void tearDown() throws Exception {
    watch.close();
    sources.close();
    for (AutoCloseable part : known.parts()) {
      part.close();
    }
    prometheus.close();
  }

  private static String row(int value) {
    return "{\"metric\":{\"namespace\":\"team\",\"pod\":\"p1\"},\"value\":[1700000000,\"%d\"]}"
        .formatted(value);
  }

  private String config(String... rules) {
    return "prometheus: {url: %s}\nrules:\n%s".formatted(prometheus.url(), String.join("", rules));
  }

  private static String rule(String metric, String query) {
    return """
    - metric: %s
      query: sum(%s) by (namespace, pod)
      resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
    """
        .formatted(metric, query);
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("config.yaml"), text);
  }

  private String ask(String metric) {
    Answer<ObjectMetricValue> answer =
        router
            .objectValues(
                new ObjectMetricQuery(
                    GroupResource.parse("pods"),
                    Optional.of("team"),
                    new Objects.Named("p1"),
                    metric,
                    LabelSelector.EVERYTHING))
            .toCompletableFuture()
            .join();
    return switch (answer) {
      case Answer.Values<ObjectMetricValue> values -> values.items().getFirst().value().toString();
      case Answer.Refused<ObjectMetricValue>(Answer.Reason reason, String cause) ->
          reason + ": " + cause;
    };
  }

  @Test
  void changedFile_isServed_andWhatItDropsIsGone() throws IOException {
    assertThat(ask("load")).isEqualTo("1");

    write(config(rule("other", "two")));
    watch.check();

    assertThat(ask("other")).isEqualTo("2");
    assertThat(ask("load")).startsWith("NOT_FOUND");
    assertThat(watch.refusal()).isEmpty();
    assertThat(reloads("accepted")).isEqualTo(1);
  }

  @Test
  void invalidFile_isRefusedWholeWithLineAndField_andTheLastGoodStays() throws IOException {
    write(config(rule("other", "two"), "- {metric: bad, query: 'sum('}\n"));
    watch.check();

    assertThat(watch.refusal().orElseThrow())
        .contains("config.yaml:6:", "rules[1].query", "expected");
    assertThat(ask("load")).isEqualTo("1");
    assertThat(ask("other")).startsWith("NOT_FOUND");
    assertThat(reloads("refused")).isEqualTo(1);
    assertThat(sources.unready()).isEqualTo(unreadyBefore());

    watch.check();
    assertThat(reloads("refused")).as("told once").isEqualTo(1);

    write(config(rule("other", "two")));
    watch.check();
    assertThat(watch.refusal()).isEmpty();
    assertThat(ask("other")).isEqualTo("2");
  }

  private Optional<String> unreadyBefore() {
    return Optional.of("the series of the rules are being listed");
  }

  @Test
  void missingFile_isNoConfiguration() throws IOException {
    Files.delete(directory.resolve("config.yaml"));
    watch.check();
    assertThat(watch.refusal().orElseThrow()).contains("cannot be read");
    assertThat(ask("load")).isEqualTo("1");
    write(config(rule("load", "one")));
    watch.check();
  }

  @Test
  void whatIsFixedAtStart_isRefusedByName() throws IOException {
    write(config(rule("other", "two")) + "server: {port: 1234}\n");
    watch.check();

    assertThat(watch.refusal().orElseThrow())
        .contains("server: was changed, which needs a restart");
    assertThat(ask("load")).isEqualTo("1");
  }

  @Test
  void mountedConfigMap_isFollowedThroughItsLinks() throws IOException {
    Path first = Files.createDirectory(directory.resolve("..2026_1"));
    Path second = Files.createDirectory(directory.resolve("..2026_2"));
    Files.writeString(first.resolve("config.yaml"), config(rule("load", "one")));
    Files.writeString(second.resolve("config.yaml"), config(rule("load", "two")));
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path mounted = directory.resolve("mounted.yaml");
    Files.createSymbolicLink(mounted, Path.of("..data", "config.yaml"));
    ConfigFile linked = new ConfigFile(mounted, config -> config);
    ConfigWatch links = new ConfigWatch(linked, linked.text(), sources::replace, reloads::add);

    Files.delete(data);
    Files.createSymbolicLink(data, second);
    links.check();

    assertThat(ask("load")).isEqualTo("2");
  }

  @Test
  void anotherPrometheus_isAskedAfterTheReload() throws IOException {
    try (FakePrometheus other = new FakePrometheus()) {
      other.answer("one", row(7));
      assertThat(ask("load")).isEqualTo("1");
      write(config(rule("load", "one")).replace(prometheus.url(), other.url()));
      watch.check();
      assertThat(ask("load")).isEqualTo("7");
    }
  }

  @Test
  void resourceRules_appearAndGoWithTheFile() throws IOException {
    assertThat(router.resources()).isEmpty();
    String rule =
        "{containerQuery: 'sum(c{<<.LabelMatchers>>}) by (<<.GroupBy>>)', nodeQuery:"
            + " 'sum(n{<<.LabelMatchers>>}) by (<<.GroupBy>>)', containerLabel: container,"
            + " resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod},"
            + " node: {resource: node}}}}";
    write(
        config(rule("load", "one"))
            + "resourceRules: {cpu: "
            + rule
            + ", memory: "
            + rule
            + ", window: 1m}\n");
    watch.check();
    assertThat(watch.refusal()).isEmpty();
    assertThat(router.resources()).isPresent();
  }

  /** Each asker sees the metric at every moment, with the value of one configuration or another. */
  @Test
  void requestsDuringReloads_areNeverLost() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    Queue<String> strange = new ConcurrentLinkedQueue<>();
    List<Thread> askers =
        IntStream.range(0, 4)
            .mapToObj(
                _ ->
                    Thread.startVirtualThread(
                        () -> {
                          while (!stop.get()) {
                            String answer = ask("load");
                            asked.incrementAndGet();
                            if (!answer.equals("1") && !answer.equals("2")) {
                              strange.add(answer);
                            }
                          }
                        }))
            .toList();
    for (int i = 0; i < 100; i++) {
      write(config(rule("load", i % 2 == 0 ? "two" : "one")));
      watch.check();
    }
    stop.set(true);
    for (Thread asker : askers) {
      asker.join();
    }

    assertThat(strange).isEmpty();
    assertThat(asked.get()).isPositive();
    assertThat(reloads("accepted")).isEqualTo(100);
  }

  private int reloads(String outcome) {
    return Collections.frequency(reloads, outcome.equals("accepted"));
  }
}
