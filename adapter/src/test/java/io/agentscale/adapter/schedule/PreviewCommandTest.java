// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.adapter.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** People trust a schedule after they have read its preview, so the preview must be the truth. */
final class PreviewCommandTest {
  private static final Path EXAMPLES = Path.of("../docs/examples/schedules");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void documentedExample_printsItsTimeline() {
    assertThat(preview(example("--from", "2026-10-05", "--days", "14"))).isZero();
    assertThat(out.toString())
        .startsWith("coder: 2 to 40 replicas; from 2026-10-04 16:00Z to 2026-10-18 16:00Z")
        .contains(
            "workday: 0 9 * * MON-FRI (at 09:00 every day between Monday and Friday), for 9h,"
                + " Asia/Shanghai: floor 10, ceiling 30; ramp 10m; not on 2026-10-01/2026-10-07,"
                + " calendar:holidays");
    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "  ")))
        .contains(
            "2026-10-04 16:00Z  2 to 4  at the start",
            "2026-10-04 22:00Z  Mon 2026-10-05 06:00 +08:00 Asia/Shanghai  2 to 40  night ends",
            "2026-10-05 01:00Z  Mon 2026-10-05 09:00 +08:00 Asia/Shanghai  2 to 40  workday does"
                + " not begin: excluded by 2026-10-01/2026-10-07",
            "2026-10-08 00:50Z  Thu 2026-10-08 08:50 +08:00 Asia/Shanghai  2 to 40  workday begins"
                + " to rise: to floor 10",
            "2026-10-08 01:00Z  Thu 2026-10-08 09:00 +08:00 Asia/Shanghai  10 to 40  workday"
                + " begins: floor 10, ceiling 30",
            "2026-10-08 01:10Z  Thu 2026-10-08 09:10 +08:00 Asia/Shanghai  10 to 30  workday has"
                + " its ceiling down: floor 10, ceiling 30",
            "2026-10-09 01:00Z  Fri 2026-10-09 09:00 +08:00 Asia/Shanghai  2 to 40  workday does"
                + " not begin: excluded by calendar:holidays",
            "2026-10-15 12:00Z  Thu 2026-10-15 20:00 +08:00 Asia/Shanghai  exactly 25, demand 1200"
                + "  launch begins: exactly 25");
    assertThat(out.toString()).doesNotContain("warning");
  }

  @Test
  void json_saysTheSame() throws IOException {
    assertThat(preview(example("--from", "2026-10-08T00:00Z", "--days", "1", "-o", "json")))
        .isZero();
    JsonNode root = new ObjectMapper().readTree(out.toString());
    assertThat(root.path("policy").asText()).isEqualTo("coder");
    assertThat(root.path("initial").path("ceiling").asInt()).isEqualTo(40);
    JsonNode start = root.path("transitions").get(1);
    assertThat(start.path("at").asText()).isEqualTo("2026-10-08T01:00:00Z");
    assertThat(start.path("floor").asInt()).isEqualTo(10);
    assertThat(start.path("changes").get(0).path("event").asText()).isEqualTo("start");
    assertThat(start.path("changes").get(0).path("local").asText())
        .isEqualTo("2026-10-08T09:00+08:00[Asia/Shanghai]");
    assertThat(root.path("warnings")).isEmpty();
  }

  @Test
  void missingCalendar_isRefusedWhereItIsNamed() {
    assertThat(preview("-f", EXAMPLES.resolve("policy.yaml").toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("policy.yaml:16:40: spec.schedules[0].exclude[1]: must name a known calendar")
        .doesNotContain("spec.schedules[1]");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void from_defaultsToNow() throws IOException {
    Path file =
        policy("{name: a, timeZone: UTC, start: '0 9 * * *', duration: 1h, replicas: {floor: 5}}");
    PreviewCommand command = new PreviewCommand(() -> Instant.parse("2026-10-05T08:00:00.5Z"));
    assertThat(commandLine(new CommandLine(command)).execute("-f", file.toString())).isZero();
    assertThat(out.toString()).contains("from 2026-10-05 08:00Z to 2026-10-19 08:00Z");
  }

  @Test
  void warnings_failOnlyUnderStrict() throws IOException {
    String file =
        policy("{name: a, timeZone: UTC, start: 0 0 30 2 *, duration: 1h, replicas: {floor: 5}}")
            .toString();
    assertThat(preview("-f", file)).isZero();
    assertThat(out.toString()).contains("warning: a: start 0 0 30 2 * names a date that never");
    assertThat(preview("-f", file, "--strict")).isEqualTo(1);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          timeZone: UTC, start: 0 25 * * *, duration: 1h, replicas: {floor: 5} | start: must be a five-field cron expression (minute hour day-of-month month day-of-week), was: 0 25 * * * (Value 25 not in range [0, 23])
          timeZone: Asia/Shangai, start: 0 9 * * *, duration: 1h, replicas: {floor: 5} | timeZone: must be an IANA time zone such as Europe/Berlin, was: Asia/Shangai (did you mean Asia/Shanghai?)
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}, rampp: 1m | rampp: unknown key, did you mean ramp?
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {flor: 5} | replicas.flor: unknown key, did you mean floor?
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5, ceiling: 3} | replicas.floor: must be at most the ceiling (3), was: 5
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 41} | replicas.floor: must be at most maxReplicas (40), was: 41
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: -1} | replicas.floor: must be a whole number from 0 to 2147483647, was: -1
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {exact: 5, floor: 1} | replicas.exact: must be alone, was: beside a floor or a ceiling
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {} | replicas: must have a floor, a ceiling or exact, was: empty
          timeZone: UTC, start: 0 9 * * *, duration: 1h | replicas: must be given, or `demand` instead, was: neither
          timeZone: UTC, start: 0 9 * * *, duration: 1h, demand: lots | demand: must be a quantity such as 1200 or 2M, was: lots
          timeZone: UTC, duration: 1h, replicas: {floor: 5} | start: must be given, or `at` instead, was: neither
          timeZone: UTC, start: 0 9 * * *, at: 2026-01-01T00:00, duration: 1h, replicas: {floor: 5} | at: must be absent beside `start`, was: given
          timeZone: UTC, start: 0 9 * * *, duration: 1h, end: 0 5 * * *, replicas: {floor: 5} | end: must be absent beside `duration`, was: given
          timeZone: UTC, start: 0 9 * * *, duration: 9, replicas: {floor: 5} | duration: must be a length of time such as 9h, 1h30m or 14d, was: 9
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}, ramp: 25h | ramp: must be whole seconds from 0 to 24h, was: PT25H
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}, exclude: [2026-13-01] | exclude[0]: must be a date such as 2026-10-01, a range such as 2026-10-01/2026-10-07 or calendar:NAME, was: 2026-13-01
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}, exclude: ["calendar:x"] | exclude[0]: must name a known calendar (none is given), was: x
          timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}, exclude: [calendar: x] | exclude[0]: must be text such as "calendar:NAME" in quotes, was: a mapping
          start: 0 9 * * *, duration: 1h, replicas: {floor: 5} | timeZone: is required
          """)
  void invalidSchedule_isRefusedByLineAndField(String fields, String problem) throws IOException {
    Path file = policy("{name: a, " + fields + "}");
    assertThat(preview("-f", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(file + ":6:")
        .contains(": spec.schedules[0]." + problem + "\n")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void duplicateName_andOtherFiles_areRefused() throws IOException {
    String schedule =
        "{name: a, timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor: 5}}";
    assertThat(preview("-f", policy(schedule + "\n  - " + schedule).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("spec.schedules[1].name: must be used once");
    assertThat(preview("-f", directory.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.yaml: no such file");
    Path other = Files.writeString(directory.resolve("other.yaml"), "kind: Deployment\nspec: {}\n");
    assertThat(preview("-f", other.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("other.yaml:1:7: kind: must be one of ScalingPolicy");
  }

  @Test
  void badOptions_areUsageErrors() {
    assertThat(preview(example("--days", "0"))).isEqualTo(2);
    assertThat(err.toString()).contains("--days: must be from 1 to 3660, was: 0");
    assertThat(preview(example("--from", "tomorrow"))).isEqualTo(2);
    assertThat(err.toString()).contains("--from: must be now, a date");
  }

  private Path policy(String schedule) throws IOException {
    return Files.writeString(
        directory.resolve("policy.yaml"),
        """
        kind: ScalingPolicy
        spec:
          minReplicas: 2
          maxReplicas: 40
          schedules:
          - %s
        """
            .formatted(schedule));
  }

  private static String[] example(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "-f";
    args[1] = EXAMPLES.resolve("policy.yaml").toString();
    args[2] = "--calendar";
    args[3] = "holidays=" + EXAMPLES.resolve("holidays.ics");
    System.arraycopy(more, 0, args, 4, more.length);
    return args;
  }

  private int preview(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "schedule";
    all[1] = "preview";
    System.arraycopy(args, 0, all, 2, args.length);
    return commandLine(Main.commandLine()).execute(all);
  }

  private CommandLine commandLine(CommandLine commandLine) {
    return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  }
}
