// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.agentscale.adapter.prometheus.RealPrometheus;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** People stake money on these figures: they are held against arithmetic done another way. */
final class BacktestCommandIT {
  private static final double STEP_HOURS = 15 / 3600.0;

  private static final String POLICY =
      """
      apiVersion: agentscale.io/v1alpha1
      kind: ScalingPolicy
      metadata: {name: coder, namespace: prod}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}
        minReplicas: 2
        maxReplicas: 20
        demand: {preset: agent-concurrency, perReplica: "10"}
        schedules:
        - name: workday
          timeZone: Etc/UTC
          start: "45 8 * * MON-FRI"
          duration: 8h15m
          replicas: {floor: 6}
          exclude: ["calendar:holidays"]
      """;
  private static final String HOLIDAYS =
      """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: holidays
        namespace: prod
        labels: {agentscale.io/calendar: "true"}
      data:
        calendar.ics: |
          BEGIN:VCALENDAR
          VERSION:2.0
          PRODID:-//agentscale//example//EN
          BEGIN:VEVENT
          UID:far-away
          DTSTAMP:20260101T000000Z
          DTSTART;VALUE=DATE:20261009
          DTEND;VALUE=DATE:20261010
          SUMMARY:Another day
          END:VEVENT
          END:VCALENDAR
      """;

  private static RealPrometheus prometheus;
  @TempDir private static Path shared;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path policy = Path.of("");

  @BeforeAll
  static void start() throws IOException {
    prometheus = RealPrometheus.remembering(RecordedWeek.openMetrics());
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @BeforeEach
  void writePolicy() throws IOException {
    policy = Files.writeString(directory.resolve("policy.yaml"), POLICY + HOLIDAYS);
  }

  private int run(String... more) {
    return runAt(prometheus.url().toString(), shared.resolve("cache"), more);
  }

  private int runAt(String url, Path cache, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--prometheus-url", url));
    arguments.addAll(List.of("--policy", policy.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--last")) {
      arguments.addAll(List.of("--last", "4d"));
    }
    var setting =
        new TrafficSetting(() -> RecordedWeek.END.plusSeconds(3600), cache, (done, total) -> {});
    if (!arguments.contains("--to")) {
      arguments.addAll(List.of("--to", RecordedWeek.END.toString()));
    }
    return new CommandLine(new BacktestCommand(setting))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private JsonNode json(String... more) throws IOException {
    Path file = directory.resolve("out.json");
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--json", file.toString()));
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private List<NamedCsvRecord> rows(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  @Test
  void schedule_isWhatArithmeticSays() throws IOException {
    // Thursday and Friday, all of which is known.
    JsonNode json =
        json(
            "--last",
            "2d",
            "--to",
            "2026-01-10",
            "--start-up",
            "60s",
            "--currency",
            "USD",
            "--price-per-replica-hour",
            "0.5");
    JsonNode would = json.get("policies").get(0);
    // Four replicas; six from the decision after a quarter to nine until that after five past five,
    // when the autoscaler's five minutes of stabilization are over. A step counts as at its begin.
    double six = Duration.parse("PT8H20M").toSeconds() / 3600.0;
    assertThat(would.get("replicaHours").asDouble())
        .isEqualTo(2 * (4 * 24 + 2 * six), within(1e-3));
    assertThat(would.get("money").asDouble())
        .isEqualTo(would.get("replicaHours").asDouble() / 2, within(1e-3));
    assertThat(would.get("shortMinutes").asDouble()).isZero();
    assertThat(would.get("worst").isNull()).isTrue();
    assertThat(would.get("minimalHours").asDouble()).isEqualTo(2 * (4 * 24 + 2 * 8), within(1e-3));
    assertThat(would.get("scaleActions").asInt()).isEqualTo(4);
    assertThat(would.get("mostReplicas").asInt()).isEqualTo(6);
    JsonNode real = json.get("policies").get(1);
    assertThat(real.get("name").asText()).isEqualTo("what really ran");
    double realSix = 8 - 2 / 60.0;
    assertThat(real.get("replicaHours").asDouble())
        .isEqualTo(2 * (4 * 24 + 2 * realSix), within(1e-3));
    assertThat(real.get("shortMinutes").asDouble()).isEqualTo(4, within(1e-6));
    double demand = 2 * (16 * 35 + 8 * 55);
    assertThat(real.get("shortDemandPercent").asDouble())
        .isEqualTo(100 * (2 * 15 * 2 / 60.0) / demand, within(1e-3));
    assertThat(real.get("worst").get("at").asText()).isEqualTo("2026-01-08T09:00:00Z");
    assertThat(real.get("worstShortDemand").asDouble()).isEqualTo(15);
    assertThat(json.get("scoredPercent").asDouble()).isEqualTo(100);
    assertThat(json.get("plainly").asText())
        .contains("more replica-hours", "short for 0.0 min instead of 4.0 min");
    assertThat(out.toString())
        .contains("agentscale's own contract (agent_runs_in_flight); known 100.00 %")
        .contains("max(kube_deployment_status_replicas_ready{namespace=\"prod\"")
        .contains("minReplicas 3, maxReplicas 8")
        .contains("money USD")
        .contains("The demand was recorded while the past replicas served it");
  }

  @Test
  void withoutASchedule_theStartUpIsShort() throws IOException {
    // Saturday and Sunday have none: at nine, 55 runs meet four replicas until others are ready.
    JsonNode json = json("--last", "1d", "--start-up", "60s");
    JsonNode would = json.get("policies").get(0);
    // Asked for seven seconds past nine, ready a minute later: the steps from 0:00 to 1:00 past.
    assertThat(would.get("shortMinutes").asDouble()).isEqualTo(1.25);
    assertThat(would.get("worst").get("at").asText()).isEqualTo("2026-01-11T09:00:00Z");
    assertThat(would.get("worst").get("carried").asDouble()).isEqualTo(40);
  }

  @Test
  void scheduleAndForecast_areScoredAsTheirTimelineAddsUp() throws IOException {
    Files.writeString(
        policy,
        POLICY + "  forecast: {history: 14d, lead: 10m, quantile: 0.9, minSkill: -1}\n" + HOLIDAYS);
    Path timeline = directory.resolve("timeline.csv");
    JsonNode json = json("--start-up", "60s", "--timeline", timeline.toString());
    JsonNode would = json.get("policies").get(0);
    List<NamedCsvRecord> rows = rows(timeline);
    assertThat(rows).hasSize(4 * 5760);
    assertThat(out.toString()).contains("14d asked for, 3d there before the time scored");
    assertThat(would.get("forecastCoverage").isNull()).isFalse();
    // A decision is made seven seconds into each step: the next step begins with what it left.
    double hours = 0;
    double shortSteps = 0;
    int scored = 0;
    for (int i = 1; i < rows.size(); i++) {
      Instant step = RecordedWeek.SCORED.plusSeconds(15L * i);
      assertThat(Instant.parse(rows.get(i).getField("time"))).isEqualTo(step.plusSeconds(7));
      if (isKnown(rows.get(i))) {
        scored++;
        hours += STEP_HOURS * Double.parseDouble(rows.get(i - 1).getField("decided"));
        double demand = Double.parseDouble(rows.get(i).getField("demand"));
        assertThat(demand).isIn(35.0, 55.0);
        shortSteps += demand > 10 * Double.parseDouble(rows.get(i - 1).getField("ready")) ? 1 : 0;
      }
    }
    assertThat(would.get("replicaHours").asDouble()).isEqualTo(hours, within(0.1));
    // A replica that gets ready between a decision and the next step is there in that step.
    assertThat(would.get("shortMinutes").asDouble()).isEqualTo(shortSteps / 4, within(1.0));
    assertThat(json.get("scoredPercent").asDouble())
        .isEqualTo(100.0 * scored / rows.size(), within(0.02));
    assertThat(rows).anyMatch(row -> !row.getField("forecast").isEmpty());
    assertThat(rows.get(4 * 60 * 10).getField("floor")).isEqualTo("6");
    assertThat(rows.get(4 * 60 * 10).getField("reason")).startsWith("policy ");
  }

  private static boolean isKnown(NamedCsvRecord row) {
    return !row.getField("demand").isEmpty() && !row.getField("actual").isEmpty();
  }

  @Test
  void gaps_areShownAndNotScored() throws IOException {
    Path timeline = directory.resolve("timeline.csv");
    JsonNode json = json("--timeline", timeline.toString());
    List<NamedCsvRecord> rows = rows(timeline);
    // Prometheus goes on for five minutes after a last sample: 115 minutes and 55 are unknown.
    long noDemand = rows.stream().filter(row -> row.getField("demand").isEmpty()).count();
    long noActual = rows.stream().filter(row -> row.getField("actual").isEmpty()).count();
    assertThat(noDemand).isBetween(116 * 4 - 2L, 116 * 4L);
    assertThat(noActual).isBetween(56 * 4 - 2L, 56 * 4L);
    assertThat(json.get("demandKnownPercent").asDouble())
        .isEqualTo(100 - 100.0 * noDemand / rows.size(), within(1e-3));
    assertThat(json.get("actualKnownPercent").asDouble())
        .isEqualTo(100 - 100.0 * noActual / rows.size(), within(1e-3));
    assertThat(json.get("scoredPercent").asDouble())
        .isEqualTo(100 - 100.0 * (noDemand + noActual) / rows.size(), within(1e-3));
    // While nothing is known nobody goes: after five minutes the policy holds what there is.
    assertThat(rows.stream().filter(row -> row.getField("demand").isEmpty()))
        .allMatch(row -> row.getField("decided").equals("4"));
    double all = json.get("scoredPercent").asDouble() / 100 * 96;
    double real = json.get("policies").get(1).get("replicaHours").asDouble();
    assertThat(real).isEqualTo(4 * all + 4 * 2 * (8 - 2 / 60.0), within(1e-2));
    assertThat(out.toString()).contains("of the time something is unknown");
  }

  @Test
  void starts_areMeasured() throws IOException {
    JsonNode facts = json().get("facts");
    assertThat(facts.toString())
        .contains("half within 46 s, nine of ten within 49 s, measured at 10 starts");
    assertThat(facts.toString()).contains("minReplicas 3 to 4, maxReplicas 8");
  }

  @Test
  void unknownReplicas_areRefused_unlessOneGoesWithoutThem() throws IOException {
    Files.writeString(policy, (POLICY + HOLIDAYS).replace("kind: Deployment", "kind: StatefulSet"));
    String query = "sum(agent_runs_in_flight{namespace=\"prod\",pod=~\"coder-6.*\"})";
    assertThat(run("--query", query)).isEqualTo(2);
    assertThat(err.toString())
        .contains("no replicas are known from 2026-01-08T00:00:00Z to 2026-01-12T00:00:00Z")
        .contains(
            "kube_statefulset_status_replicas_ready{namespace=\"prod\",statefulset=\"coder\"}")
        .contains("--replicas-query", "--no-actual");
    JsonNode json = json("--query", query, "--no-actual");
    assertThat(json.get("policies")).hasSize(1);
    assertThat(json.get("actualKnownPercent").isNull()).isTrue();
    assertThat(json.get("plainly").asText()).startsWith("coder would have used ");
    assertThat(
            json("--query", query, "--replicas-query", "max(kube_deployment_spec_replicas)")
                .get("policies")
                .get(1)
                .get("mostReplicas")
                .asInt())
        .isEqualTo(99);
  }

  @Test
  void unknownDemand_isRefused_withWhatWasAskedFor() throws IOException {
    Files.writeString(policy, (POLICY + HOLIDAYS).replace("name: coder}\n", "name: other}\n"));
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .contains("no demand is known", "other-[a-z0-9]{1,10}-[a-z0-9]{5}")
        .contains("the preset looks for agent_runs_in_flight, or agent_active_count")
        .contains("--query");
  }

  @Test
  void ownQuery_isConfinedToItsNamespace() throws IOException {
    Files.writeString(
        policy,
        (POLICY + HOLIDAYS)
            .replace(
                "preset: agent-concurrency",
                "query: 'sum(agent_runs_in_flight{pod=\"coder-6c5f9d7b8-abcde\"})'"));
    assertThat(json().get("policies").get(0).get("mostReplicas").asInt()).isEqualTo(6);
    assertThat(json("--all-namespaces").get("policies").get(0).get("mostReplicas").asInt())
        .isEqualTo(20);
  }

  @Test
  void refusalOfPrometheus_isPassedOnWithTheQuestion() {
    String query = "agent_runs_in_flight * on (namespace) agent_runs_in_flight";
    assertThat(run("--query", query)).isEqualTo(2);
    assertThat(err.toString()).contains("422", "found duplicate series", "asked was " + query);
  }

  @Test
  void interruptedReading_goesOnWhereItWas() throws IOException {
    Path cache = directory.resolve("cache");
    try (FailingProxy proxy = FailingProxy.before(prometheus.url())) {
      String url = proxy.url().toString();
      proxy.failAfter(2);
      assertThat(runAt(url, cache, "--start-up", "60s")).isEqualTo(2);
      assertThat(err.toString()).contains("503", "asking again goes on from there");
      assertThat(pieces(cache)).hasSize(2);
      proxy.failAfter(Integer.MAX_VALUE);
      assertThat(runAt(url, cache, "--start-up", "60s")).as(err.toString()).isZero();
      // Two more days of demand, four of ready and of asked replicas; then what is not kept: whose
      // series the demand is, and the autoscaler's bounds.
      assertThat(proxy.questions()).isEqualTo(2 + 8 + 3);
      assertThat(pieces(cache)).hasSize(12);
    }
  }

  private static List<Path> pieces(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".csv")).toList();
    }
  }

  @Test
  void assertions_decideTheExitCode() {
    assertThat(run("--assert", "short_time_percent<5,cost_vs_baseline<1.2")).isZero();
    assertThat(run("--assert", "cost_vs_baseline<0.5")).isEqualTo(1);
    assertThat(err.toString()).contains("not kept: coder: must have cost_vs_baseline<0.5");
    assertThat(run("--no-actual", "--assert", "cost_vs_baseline<2")).isEqualTo(1);
    assertThat(err.toString()).contains("cost_vs_baseline is not known");
    assertThat(run("--assert", "late_percent<1")).isEqualTo(2);
  }

  @Test
  void configuration_hasTheCredentials() throws IOException {
    Path token = directory.resolve("no-such-token");
    Path config =
        Files.writeString(
            directory.resolve("adapter.yaml"),
            "prometheus: {url: \"http://127.0.0.1:1\", bearerTokenFile: %s}\n".formatted(token));
    assertThat(run("--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no-such-token");
  }

  @Test
  void anotherTenant_hasAnswersOfItsOwn() throws IOException {
    Path cache = directory.resolve("cache");
    Path config =
        Files.writeString(
            directory.resolve("adapter.yaml"),
            "prometheus: {url: \"%s\", headers: {X-Scope-OrgID: blue}}\n"
                .formatted(prometheus.url()));
    String url = prometheus.url().toString();
    assertThat(runAt(url, cache, "--last", "1h")).isZero();
    List<Path> own = pieces(cache);
    assertThat(runAt(url, cache, "--last", "1h", "--config", config.toString())).isZero();
    assertThat(pieces(cache)).hasSize(2 * own.size()).containsAll(own);
  }

  @Test
  void badInput_isRefused() {
    assertThat(run("--from", "2026-01-09")).isEqualTo(2);
    assertThat(err.toString()).contains("--from and --last exclude each other");
    assertThat(run("--step", "0s")).isEqualTo(2);
    policy = directory.resolve("none.yaml");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml: no such file");
  }
}
