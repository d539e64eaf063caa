// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The demo is the first thing a stranger runs: it must end as asked, and leave nothing behind. */
final class DemoCommandTest {
  private static final Clock CLOCK = Clock.system(ZoneOffset.UTC);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable FakeAdapter adapter;
  private @Nullable Path directory;
  private String objects = "";
  private String policy = "";

  @Test
  void json_showsWhatTheApiServesAndEndsByItself() throws Exception {
    assertThat(execute(this::startAnswering, "--json", "--minutes", "0.02")).isZero();

    for (String line : out.toString().lines().toList()) {
      JsonNode pods = new ObjectMapper().readTree(line).path("pods");
      assertThat(pods).hasSize(3);
      assertThat(pods.get(0))
          .hasToString(
              "{\"name\":\"coder-0\",\"concurrency\":2.5,\"tokensPerMinute\":1200,"
                  + "\"queueDepth\":null}");
      assertThat(pods.get(1).path("concurrency").isNull()).isTrue();
    }
    assertThat(out.toString().lines().count()).isGreaterThanOrEqualTo(1);
    assertThat(out.toString()).contains("HTTP 404: no metric agent_queue_depth");
    assertThat(err.toString()).contains("first values");
  }

  @Test
  void end_stopsTheAdapterAndRemovesTheFiles() {
    execute(this::startAnswering, "--minutes", "0.001");

    assertThat(adapter).extracting(fake -> fake.closed).isEqualTo(true);
    assertThat(directory).isNotNull().doesNotExist();
  }

  @Test
  void objects_tellTheAdapterWhereThePodsAre() {
    execute(this::startAnswering, "--minutes", "0.001");

    assertThat(objects)
        .contains("name: coder-0", "name: coder-1", "name: coder-2")
        .contains("namespace: agent-prod", "labels: {app: coder}")
        .containsPattern("prometheus.io/port: \"[1-9][0-9]+\"");
  }

  @Test
  void portTaken_failsWithTheReasonAndNoStackTrace() {
    int code =
        execute(
            (files, port, _) -> {
              directory = files.directory();
              throw new BindException("Address already in use: 127.0.0.1:" + port);
            },
            "--port",
            "6443");

    assertThat(code).isEqualTo(1);
    assertThat(err).hasToString("agentscale demo: Address already in use: 127.0.0.1:6443\n");
    assertThat(directory).isNotNull().doesNotExist();
  }

  @Test
  void noPrediction_followsThePolicyThatDoesNotLookAhead() {
    execute(this::startAnswering, "--minutes", "0.001");
    assertThat(policy).contains("schedules:", "forecast:");

    execute(this::startAnswering, "--minutes", "0.001", "--no-prediction");
    assertThat(policy).contains("kind: ScalingPolicy").doesNotContain("schedules:", "forecast:");
  }

  @Test
  void demandUnknown_keepsTheAgentsThereAre() throws Exception {
    execute(this::startAnswering, "--json", "--minutes", "0.02");

    JsonNode loop =
        new ObjectMapper()
            .readTree(out.toString().lines().reduce((_, last) -> last).orElseThrow())
            .path("loop");
    assertThat(loop.path("demand").isNull()).isTrue();
    assertThat(loop.path("decided").isNull()).isTrue();
    assertThat(loop.path("ready").asInt()).isEqualTo(DemoRun.FIRST_AGENTS);
    assertThat(loop.path("desired").asInt()).isEqualTo(DemoRun.FIRST_AGENTS);
  }

  @Test
  void minutes_notPositive_areRefused() {
    assertThat(execute(this::startAnswering, "--minutes", "0")).isEqualTo(2);
    assertThat(execute(this::startAnswering, "--minutes", "NaN")).isEqualTo(2);
    assertThat(err.toString()).contains("--minutes: must be above 0", "was: NaN");
    assertThat(adapter).isNull();
  }

  private DemoAdapter startAnswering(DemoFiles files, int port, DemoWorld world)
      throws IOException {
    var fake = new FakeAdapter(files.directory(), port);
    fake.values.put("agent_concurrency", Map.of("coder-0", "2500m"));
    fake.values.put("agent_tokens_per_minute", Map.of("coder-0", "1200"));
    adapter = fake;
    directory = files.directory();
    objects = Files.readString(files.objects());
    policy = Files.readString(files.policies());
    return fake;
  }

  private int execute(DemoAdapter.Launcher launcher, String... args) {
    return new CommandLine(new DemoCommand(launcher, CLOCK, Instant.now()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
