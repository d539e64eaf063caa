// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.core.metric.Quantity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A value that is not known must never be told as a number, to a person or to a program. */
final class DemoViewTest {
  private static final DemoAdapter ADAPTER =
      new NamedAdapter(
          URI.create("https://127.0.0.1:8443"),
          URI.create("http://127.0.0.1:8080"),
          Path.of("/tmp/demo/ca.crt"),
          "secret");
  private static final DemoSnapshot SNAPSHOT =
      new DemoSnapshot(
          Instant.parse("2026-03-02T08:00:05Z"),
          List.of(
              new DemoSnapshot.Pod(
                  "coder-0",
                  Map.of(
                      DemoMetric.CONCURRENCY, Quantity.of(12),
                      DemoMetric.TOKENS_PER_MINUTE, Quantity.ofMilli(61_234_500),
                      DemoMetric.QUEUE_DEPTH, Quantity.of(4))),
              new DemoSnapshot.Pod("coder-1", Map.of(DemoMetric.CONCURRENCY, Quantity.ZERO))),
          List.of("agent_queue_depth: HTTP 503: coder-1 does not answer"),
          new LoopState(
              Instant.parse("2026-03-01T09:30:00Z"),
              Optional.empty(),
              OptionalInt.of(4),
              new AgentFleet.State(
                  List.of("coder-0", "coder-1"), 2, 1, 1, 11, 5, 3144, 17, Duration.ofHours(15))));

  private static final String LOOP_HEADER =
      "TIME   DEMAND FORECAST  SERVED   FLOOR DECIDED"
          + " DESIRED STARTING READY DRAINING WAITING  LATE\n";
  private static final String LOOP =
      """
      09:30 unknown        - unknown unknown unknown       4        2     1        1       5    17
        agent_queue_depth: HTTP 503: coder-1 does not answer
      """;
  private static final String PODS =
      """

      TIME      POD          CONCURRENCY    TOKENS/MIN   QUEUE DEPTH
      08:00:05  coder-0               12        61,235             4
      08:00:05  coder-1                0       unknown       unknown
      """;

  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  @Test
  void table_elsewhereThanOnATerminal_addsLines() {
    DemoView table = new DemoTable(out, false, ZoneOffset.UTC);
    table.show(SNAPSHOT);
    table.show(SNAPSHOT);

    assertThat(written).hasToString(LOOP_HEADER + LOOP + LOOP);
  }

  @Test
  void table_onATerminal_redrawsTheAgents() {
    DemoView table = new DemoTable(out, true, ZoneOffset.UTC);
    table.show(SNAPSHOT);
    table.show(SNAPSHOT);

    assertThat(written).hasToString(LOOP_HEADER + LOOP + PODS + "\u001b[4A\u001b[J" + LOOP + PODS);
  }

  @Test
  void table_ends_withWhatCameOfIt() {
    new DemoTable(out, false, ZoneOffset.UTC).ended(SNAPSHOT.loop());

    assertThat(written)
        .hasToString(
            "\nUntil 09:30: 3,144 runs, 17 of them late (began more than 30 s after they arrived),"
                + " 15.0 replica-hours\n");
  }

  @Test
  void table_begins_withCommandsToPaste() {
    new DemoTable(out, false, ZoneOffset.UTC).started(ADAPTER, "coder-0");

    assertThat(written)
        .hasToString(
            """
            Why it decides as it does: http://127.0.0.1:8080/explain
            Its dashboard:             http://127.0.0.1:8080/dashboard
            Both metrics APIs are served at https://127.0.0.1:8443; ask them from another terminal:

            # one pod by name
            kubectl --server https://127.0.0.1:8443 --certificate-authority /tmp/demo/ca.crt --token secret get --raw '/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/coder-0/agent_concurrency'
            curl --cacert /tmp/demo/ca.crt -H 'Authorization: Bearer secret' 'https://127.0.0.1:8443/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/coder-0/agent_concurrency'
            # all pods of a selector
            kubectl --server https://127.0.0.1:8443 --certificate-authority /tmp/demo/ca.crt --token secret get --raw '/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/*/agent_tokens_per_minute?labelSelector=app%3Dcoder'
            curl --cacert /tmp/demo/ca.crt -H 'Authorization: Bearer secret' 'https://127.0.0.1:8443/apis/custom.metrics.k8s.io/v1beta2/namespaces/agent-prod/pods/*/agent_tokens_per_minute?labelSelector=app%3Dcoder'
            # the whole namespace, as an external metric
            kubectl --server https://127.0.0.1:8443 --certificate-authority /tmp/demo/ca.crt --token secret get --raw '/apis/external.metrics.k8s.io/v1beta1/namespaces/agent-prod/agent_queue_depth'
            curl --cacert /tmp/demo/ca.crt -H 'Authorization: Bearer secret' 'https://127.0.0.1:8443/apis/external.metrics.k8s.io/v1beta1/namespaces/agent-prod/agent_queue_depth'

            """);
  }

  @Test
  void json_isOneObjectALineWithNullForUnknown() throws Exception {
    DemoView json = new JsonLines(out);
    json.started(ADAPTER, "coder-0");
    json.show(SNAPSHOT);
    json.show(SNAPSHOT);

    assertThat(written.toString().lines()).hasSize(2);
    JsonNode line =
        new ObjectMapper().readTree(written.toString().lines().findFirst().orElseThrow());
    assertThat(line)
        .hasToString(
            """
            {"time":"2026-03-02T08:00:05Z","pods":[\
            {"name":"coder-0","concurrency":12,"tokensPerMinute":61234.5,"queueDepth":4},\
            {"name":"coder-1","concurrency":0,"tokensPerMinute":null,"queueDepth":null}],\
            "problems":["agent_queue_depth: HTTP 503: coder-1 does not answer"],\
            "loop":{"at":"2026-03-01T09:30:00Z","demand":null,"forecast":null,"served":null,\
            "floor":null,"decided":null,"desired":4,"starting":2,"ready":1,"draining":1,\
            "running":11,"waiting":5,"runs":3144,"late":17,"replicaHours":15.0}}""");
  }
}
