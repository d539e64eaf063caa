// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only Prometheus itself knows what its language means: promtool evaluates the presets. */
final class PresetQueryIT {
  @TempDir private Path directory;

  @BeforeAll
  static void needsPromtool() throws IOException, InterruptedException {
    boolean found;
    try {
      found = new ProcessBuilder("promtool", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      found = false;
    }
    if (!found && System.getenv("CI") != null) {
      throw new AssertionError("promtool is missing: apt-get install prometheus");
    }
    Assumptions.assumeTrue(found, "promtool is missing: apt-get install prometheus");
  }

  @Test
  void everyQuery_isValidPromql() throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: presets\n  rules:\n");
    QueryScope scope =
        QueryScope.EVERYTHING.with(
            List.of(
                SeriesMatcher.equal("odd", "x\"} or 'vector(1)' #\\"),
                SeriesMatcher.in("l", List.of("a.b", "c"))));
    for (Preset preset : Preset.values()) {
      PresetQuery query = preset.metric().query(scope);
      for (String promql : List.of(query.perPod(), query.perNamespace(), query.total())) {
        rules
            .append("  - record: r")
            .append(rules.length())
            .append("\n    expr: |\n      ")
            .append(promql)
            .append('\n');
      }
    }
    Path file = Files.writeString(directory.resolve("rules.yml"), rules);
    assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS: 9 rules found");
  }

  @Test
  void perPod_twoSourcesHalfASourceAndARouter_meansWhatItSays() throws Exception {
    PresetQuery query = Preset.AGENT_CONCURRENCY.metric().query(QueryScope.EVERYTHING);
    String test =
        """
        evaluation_interval: 1m
        tests:
        - interval: 1m
          input_series:
          - {series: 'agent_runs_in_flight{namespace="n",pod="both"}', values: '3'}
          - {series: 'vllm:num_requests_running{namespace="n",pod="both"}', values: '100'}
          - {series: 'vllm:num_requests_waiting{namespace="n",pod="both"}', values: '100'}
          - {series: 'vllm:num_requests_running{namespace="n",pod="vllm",engine="0"}', values: '4'}
          - {series: 'vllm:num_requests_running{namespace="n",pod="vllm",engine="1"}', values: '5'}
          - {series: 'vllm:num_requests_waiting{namespace="n",pod="vllm",engine="0"}', values: '1'}
          - {series: 'vllm:num_requests_waiting{namespace="n",pod="vllm",engine="1"}', values: '0'}
          - {series: 'vllm:num_requests_running{namespace="n",pod="router",server="a"}', values: '9'}
          - {series: 'vllm:num_requests_waiting{namespace="n",pod="router",server="a"}', values: '9'}
          - {series: 'vllm:num_requests_running{namespace="n",pod="half"}', values: '7'}
          promql_expr_test:
          - eval_time: 0m
            expr: |
              %s
            exp_samples:
            - {labels: '{namespace="n",pod="both",agentscale_source="agentscale"}', value: 3}
            - {labels: '{namespace="n",pod="vllm",agentscale_source="vllm"}', value: 10}
          - eval_time: 0m
            expr: |
              %s
            exp_samples:
            - {labels: '{namespace="n"}', value: 13}
          - eval_time: 0m
            expr: |
              %s
            exp_samples:
            - {labels: '{}', value: 13}
        """
            .formatted(query.perPod(), query.perNamespace(), query.total());
    assertThat(unitTest(test)).contains("SUCCESS");
  }

  @Test
  void tokens_areAMinute_andNoCountersAreNoZero() throws Exception {
    String test =
        """
        evaluation_interval: 15s
        tests:
        - interval: 15s
          input_series:
          - {series: 'agent_tokens_total{namespace="n",pod="a",type="prompt"}', values: '0+150x8'}
          - {series: 'agent_tokens_total{namespace="n",pod="a",type="completion"}', values: '0+75x8'}
          - {series: 'other_total{namespace="n",pod="b"}', values: '0+75x8'}
          promql_expr_test:
          - eval_time: 2m
            expr: |
              %s
            exp_samples:
            - {labels: '{namespace="n",pod="a",agentscale_source="agentscale"}', value: 900}
          - eval_time: 0m
            expr: |
              %s
            exp_samples: []
        """
            .formatted(
                Preset.AGENT_TOKENS_PER_MINUTE.metric().query(QueryScope.EVERYTHING).perPod(),
                Preset.AGENT_TOKENS_PER_MINUTE.metric().query(QueryScope.EVERYTHING).total());
    assertThat(unitTest(test)).contains("SUCCESS");
  }

  private String unitTest(String text) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("test.yml"), text);
    return promtool("test", "rules", file.toString());
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder()
            .command(Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
