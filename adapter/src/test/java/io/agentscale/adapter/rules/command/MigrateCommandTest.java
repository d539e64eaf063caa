// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentscale.adapter.Main;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.rules.ExternalMetric;
import io.agentscale.adapter.rules.Kinds;
import io.agentscale.adapter.rules.MetricRegistry;
import io.agentscale.adapter.rules.ObjectMetric;
import io.agentscale.adapter.rules.ObjectValues;
import io.agentscale.adapter.rules.RecordedCases;
import io.agentscale.adapter.rules.RecordedCases.Case;
import io.agentscale.adapter.rules.Row;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.Series;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A migrated configuration that answers differently would be found out by an outage. */
final class MigrateCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:26:59Z");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void plainRules_becomeNative_othersAreKeptWithTheReason() throws IOException {
    assertThat(
            migrate(
                """
                rules:
                - seriesQuery: 'queue_depth{namespace!="",pod!=""}'
                  resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}}}
                  name: {as: depth}
                  maxAge: 90s
                  metricsQuery: '<<.Series>>{<<.LabelMatchers>>,state="new"}'
                - seriesQuery: '{__name__=~"^app_.*"}'
                  seriesFilters: [{is: x}]
                  metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)'
                externalRules:
                - seriesQuery: 'lag'
                  metricsQuery: 'rate(<<.Series>>{<<.LabelMatchers>>}[2m])'
                """))
        .isEqualTo(
            """
            # From rules.yaml: 1 of 3 rules are native, the others stay as they are.

            rules:
            # Line 2 is kept: line 7 may expose depth as well.
            - seriesQuery: queue_depth{namespace!="",pod!=""}
              resources:
                overrides:
                  namespace:
                    resource: namespace
                  pod:
                    resource: pod
              name:
                as: depth
              maxAge: 90s
              metricsQuery: <<.Series>>{<<.LabelMatchers>>,state="new"}
            # Line 7 is kept: it aggregates, and a request's metric selector is applied before that;\
             see --without-selectors.
            - seriesQuery: '{__name__=~"^app_.*"}'
              seriesFilters:
              - is: x
              metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)

            externalRules:
            # Line 11:
            - metric: lag
              query: rate(lag{namespace!=""}[2m])
              resources:
                overrides:
                  namespace:
                    resource: namespace
            """);
  }

  @Test
  void objectRule_becomesOneNativeRuleForEachKind() throws IOException {
    String native_ =
        migrate(
            """
            rules:
            - seriesQuery: 'queue_depth'
              resources: {overrides: {ns: {resource: namespace},
                d: {group: apps, resource: deployments}}}
              maxAge: 90s
              metricsQuery: '<<.Series>>{<<.LabelMatchers>>,state="new"}'
            """);

    assertThat(native_)
        .contains(
            "  query: queue_depth{ns!=\"\",state=\"new\"}",
            "  query: queue_depth{ns!=\"\",d!=\"\",state=\"new\"}",
            "        group: apps\n        resource: deployments\n");
    assertThat(native_.split("maxAge: 90s", -1)).hasSize(3);
  }

  static Stream<Case> cases() {
    return RecordedCases.exist() ? RecordedCases.cases().stream() : Stream.empty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordedConfigurations_areConvertedAtLeastInPart(boolean selectorsUsed) {
    assumeTrue(RecordedCases.exist(), "skipped: no ../../shared/vectors/metrics-api");
    long converted =
        cases()
            .flatMap(recorded -> parsed(recorded.config()).stream())
            .flatMap(rules -> migrated(rules, selectorsUsed).stream())
            .filter(NativeRule.Outcome.Converted.class::isInstance)
            .count();

    assertThat(converted).isEqualTo(selectorsUsed ? 5 : 8);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("cases")
  void recordedConfiguration_migrated_exposesAndAnswersTheSame(Case recorded) throws IOException {
    Optional<RuleSet> original = parsed(recorded.config());
    if (original.isEmpty()) {
      assertThat(run(recorded.config(), "migrate")).isEqualTo(1);
      return;
    }
    assertSame(recorded, original.get(), migrate(recorded.config()), true);
    assertSame(recorded, original.get(), migrate(recorded.config(), "--without-selectors"), false);
  }

  private void assertSame(Case recorded, RuleSet original, String text, boolean selectors)
      throws IOException {
    assertThat(run(text, "check")).isZero();
    RuleSet migrated = parsed(text).orElseThrow();
    MetricRegistry before = registry(original, recorded);
    MetricRegistry after = registry(migrated, recorded);

    // A native metric is listed whether or not its series are there.
    assertThat(after.catalog().objectMetrics()).containsAll(before.catalog().objectMetrics());
    assertThat(after.catalog().externalMetrics()).containsAll(before.catalog().externalMetrics());
    assertThat(after.objects())
        .filteredOn(metric -> metric.rule() instanceof Rule.Discovery)
        .allSatisfy(
            metric ->
                assertThat(before.object(metric.kind().resource(), metric.name(), Kinds.RECORDED))
                    .isPresent());
    List<LabelSelector> asked =
        selectors
            ? List.of(LabelSelector.EVERYTHING, LabelSelector.parse("color in (red,blue),x!=y"))
            : List.of(LabelSelector.EVERYTHING);
    for (LabelSelector selector : asked) {
      before.objects().forEach(metric -> assertSame(metric, after, selector));
      before.external().forEach(metric -> assertSame(metric, after, selector));
    }
  }

  private static void assertSame(
      ObjectMetric before, MetricRegistry registry, LabelSelector selector) {
    ObjectMetric after =
        registry.object(before.kind().resource(), before.name(), Kinds.RECORDED).orElseThrow();
    if (after.rule() instanceof Rule.Raw raw) {
      Optional<String> namespace =
          before.kind().namespaced() ? Optional.of("n1") : Optional.empty();
      List<Row> series = series(before.objectLabel(), before.namespaceLabel().orElse("namespace"));
      List<Row> selected =
          series.stream()
              .filter(row -> selector.matches(row.labels()))
              .filter(row -> namespace.isEmpty() || in(before, row))
              .toList();
      boolean sums = raw.promql().contains(" by ") || raw.promql().contains("sum(");
      List<Row> asked = sums ? summed(selected, Set.of(before.objectLabel())) : selected;
      List<Row> atOnce = sums ? summed(series, labels(after)) : series;
      ObjectValues one = ObjectValues.of(before, asked, namespace, selector, NOW);
      ObjectValues all = ObjectValues.of(after, atOnce, namespace, selector, NOW);
      assertThat(all.names()).containsExactlyInAnyOrderElementsOf(one.names()).isNotEmpty();
      one.names()
          .forEach(
              name ->
                  assertThat(all.of(name).toString().replaceAll("rule `.*? of [^:]*:", "rule:"))
                      .isEqualTo(
                          one.of(name).toString().replaceAll("rule `.*? of [^:]*:", "rule:")));
    }
  }

  private static boolean in(ObjectMetric metric, Row row) {
    return "n1".equals(row.labels().get(metric.namespaceLabel().orElseThrow()));
  }

  private static Set<String> labels(ObjectMetric metric) {
    return metric.kind().namespaced()
        ? Set.of(metric.objectLabel(), metric.namespaceLabel().orElseThrow())
        : Set.of(metric.objectLabel());
  }

  private static void assertSame(
      ExternalMetric before, MetricRegistry registry, LabelSelector selector) {
    ExternalMetric after = registry.external(before.name()).orElseThrow();
    assertThat(after.namespaceLabel()).isEqualTo(before.namespaceLabel());
    if (after.rule() instanceof Rule.Raw) {
      List<Row> series = series("pod", before.namespaceLabel().orElse("namespace"));
      List<Row> selected =
          series.stream()
              .filter(row -> selector.matches(row.labels()))
              .filter(
                  row ->
                      before
                          .namespaceLabel()
                          .map(l -> "n1".equals(row.labels().get(l)))
                          .orElse(true))
              .toList();
      assertThat(after.select(series, "n1", selector)).isEqualTo(selected).isNotEmpty();
    }
  }

  /** Two namespaces with objects of the same names, one of which has two series. */
  private static List<Row> series(String objectLabel, String namespaceLabel) {
    List<Row> rows = new ArrayList<>();
    double value = 1;
    for (String namespace : List.of("n1", "n2")) {
      for (String object : List.of("a", "b", "c")) {
        for (String color : object.equals("b") ? List.of("red", "green") : List.of("blue")) {
          Map<String, String> labels = new HashMap<>();
          labels.put(objectLabel, object);
          labels.put(namespaceLabel, namespace);
          labels.put("color", color);
          rows.add(new Row(labels, value, NOW));
          value *= 2;
        }
      }
    }
    return rows;
  }

  private static List<Row> summed(List<Row> rows, Set<String> by) {
    Map<Map<String, String>, Double> sums = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, String> group = new TreeMap<>(row.labels());
      group.keySet().retainAll(by);
      sums.merge(group, row.value(), Double::sum);
    }
    return sums.entrySet().stream().map(sum -> new Row(sum.getKey(), sum.getValue(), NOW)).toList();
  }

  private static MetricRegistry registry(RuleSet rules, Case recorded) {
    Map<Rule, List<Series>> series = new HashMap<>();
    for (Rule rule : rules.all()) {
      series.put(rule, recorded.series().stream().filter(one -> mayBe(rule, one)).toList());
    }
    return MetricRegistry.of(rules, series, Kinds.RECORDED);
  }

  private static boolean mayBe(Rule rule, Series series) {
    return !(rule instanceof Rule.Discovery discovery)
        || SeriesSelector.parse(discovery.seriesQuery()).refusing(series.name()).isEmpty();
  }

  private static List<NativeRule.Outcome> migrated(RuleSet rules, boolean selectorsUsed) {
    return rules.all().stream()
        .map(rule -> NativeRule.of(rules, rule, selectorsUsed, Kinds.RECORDED))
        .toList();
  }

  private static Optional<RuleSet> parsed(String text) {
    try {
      return Optional.of(AdapterConfig.parse("rules.yaml", Path.of("."), text).rules());
    } catch (InvalidYamlException e) {
      return Optional.empty();
    }
  }

  private String migrate(String rules, String... arguments) throws IOException {
    assertThat(run(rules, "migrate", arguments)).isZero();
    return out.toString().replace(directory + "/", "");
  }

  private int run(String rules, String command, String... arguments) throws IOException {
    Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
    out.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("rules", command, file.toString()));
    all.addAll(List.of(arguments));
    return line.execute(all.toArray(String[]::new));
  }
}
