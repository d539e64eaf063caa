// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.DecisionInputs;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicyRefusal;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicyState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is woken at night reads this first: it must say what happened, without a manual. */
final class ExplainPageTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final PolicyDefinition CODER = Policies.coder();

  private final PolicyBoard board = new PolicyBoard();
  private final Instant now = START.plusSeconds(95);
  private final ExplainPage page = new ExplainPage(board, () -> now);

  @BeforeEach
  void decided() {
    PolicyState state = PolicyState.INITIAL;
    double[] demands = {40, 41, 100, 600, -1};
    for (int i = 0; i < demands.length; i++) {
      Instant at = START.plusSeconds(15L * i);
      LiveDemand live =
          demands[i] < 0
              ? new LiveDemand.Unknown("Prometheus", "connection refused")
              : new LiveDemand.Known(Quantity.of(demands[i]), at.minusSeconds(3), "Prometheus");
      int replicas = i < 3 ? 4 : 9;
      DecisionInputs inputs =
          new DecisionInputs(
              CODER.key(),
              CODER.settings(),
              at,
              state,
              new PolicyObservation(replicas, 4, live),
              Optional.empty(),
              Optional.of(Policies.autoscaler(2, 40, replicas)));
      DecisionRecord record = inputs.decide();
      state = record.decision().state();
      board.decided(
          new PolicySnapshot(
              CODER,
              Optional.of(record),
              List.of(
                  new PolicyCondition(
                      PolicyCondition.Type.READY,
                      PolicyCondition.Status.TRUE,
                      "Deciding",
                      "decides and acts",
                      START)),
              List.of("maxReplicas of hpa/coder is 20, below the policy's 40")),
          inputs);
    }
    board.acted(CODER.key(), START.plusSeconds(30), List.of("minReplicas of hpa/coder set to 9"));
  }

  @Test
  void table_readsAsIs() throws IOException {
    StringWriter text = new StringWriter();
    ExplainTable.print(json("agent-prod/coder", Map.of()), now, new PrintWriter(text, true));

    assertThat(text.toString().replace(System.lineSeparator(), "\n")).isEqualTo(TABLE);
  }

  private static final String TABLE =
      """
      agent-prod/coder: Deployment/coder, mode enforce, by Metric, 12 a replica, query sum(waiting)

      CONDITION  STATUS  FOR    REASON    MESSAGE
      Ready      True    1m35s  Deciding  decides and acts
      warning: maxReplicas of hpa/coder is 20, below the policy's 40

      AT                    REPLICAS    DECIDED  BY    LIVE  SCHEDULE  FORECAST  SERVED  LIMITS   AUTOSCALER  TIMES  ACTIONS
      2026-03-02T08:00:00Z  4, 4 ready  4        live  4     -         -         40      -        wants 4
      2026-03-02T08:00:15Z  4, 4 ready  4        live  4     -         -         41      -        wants 4
      2026-03-02T08:00:30Z  4, 4 ready  9        live  9     -         -         100     -        wants 4            minReplicas of hpa/coder set to 9
      2026-03-02T08:00:45Z  9, 4 ready  40       live  50    -         -         480     maximum  wants 9     x2

      The last decision, 35s ago:

      INPUT              VALUE                        AGE  SOURCE
      live demand        unknown: connection refused  -    Prometheus
      last known demand  600                          18s  Prometheus
      replicas           9, 4 ready                   -    scale
      perReplica         12                           -    policy
      bounds             2 to 40                      -    policy
      schedules          0                            -    policy

      PROPOSAL  REPLICAS  DEMAND  BECAUSE
      * live    50        600     demand 600, held: 18s old, unknown: connection refused
      schedule  -         -       no window is open
      forecast  -         -       not used
      minimum   2         24      minReplicas 2
      present   9         108     kept until live demand is known
      limit maximum: 40 replicas instead of 50, maxReplicas 40
      note: live demand is unknown: connection refused
      served: 480
      """;

  @Test
  void json_hasWhatWentInAndWhatCameOfIt() throws IOException {
    JsonNode decisions = json("agent-prod/coder", Map.of("limit", "3")).path("decisions");

    assertThat(decisions).hasSize(3);
    JsonNode jump = decisions.get(0);
    assertThat(jump.path("decided").asInt()).isEqualTo(9);
    assertThat(jump.path("winner").asText()).isEqualTo("live");
    assertThat(jump.path("served").path("demand").asText()).isEqualTo("100");
    assertThat(jump.path("inputs").get(0).path("ageSeconds").asDouble()).isEqualTo(3);
    assertThat(jump.path("autoscaler").path("desiredReplicas").asInt()).isEqualTo(4);
    assertThat(jump.path("then").path("replicas").asInt()).isEqualTo(9);
    assertThat(jump.path("actions").get(0).asText()).contains("minReplicas");
    assertThat(decisions.get(1).path("clamps").get(0).path("limit").asText()).isEqualTo("maximum");
    assertThat(decisions.get(2).has("then")).isFalse();
  }

  @Test
  void since_leavesOutWhatIsOlder() throws IOException {
    assertThat(json("agent-prod/coder", Map.of("since", "70s")).path("decisions")).hasSize(3);
    assertThat(json("agent-prod/coder", Map.of("since", "1h")).path("decisions")).hasSize(5);
  }

  @Test
  void list_hasAllPolicies_refusedOnesToo() throws IOException {
    board.refuse(
        new PolicyRefusal(
            new PolicyKey("agent-prod", "odd"), "", 1, List.of("spec.maxReplicas: is missing")));
    JsonNode list = json("", Map.of());

    assertThat(list.path("policies").get(0).path("name").asText()).isEqualTo("coder");
    assertThat(list.path("policies").get(0).path("served").asText()).isEqualTo("480");
    assertThat(list.path("refused").get(0).path("problems").get(0).asText())
        .isEqualTo("spec.maxReplicas: is missing");
    StringWriter text = new StringWriter();
    ExplainTable.print(json("agent-prod/odd", Map.of()), now, new PrintWriter(text, true));
    assertThat(text.toString()).contains("agent-prod/odd is refused", "spec.maxReplicas");
  }

  @Test
  void mistakes_areNamed() {
    assertThat(page.get("agent-prod/planner", Map.of()))
        .returns(404, OperationsServer.Answer::code)
        .extracting(OperationsServer.Answer::text)
        .asString()
        .contains("no policy agent-prod/planner; there are coder");
    assertThat(page.get("coder", Map.of()).code()).isEqualTo(404);
    assertThat(page.get("agent-prod/coder", Map.of("since", "yesterday")))
        .returns(400, OperationsServer.Answer::code)
        .extracting(OperationsServer.Answer::text)
        .asString()
        .contains("since: must be a duration");
    assertThat(page.get("agent-prod/coder", Map.of("limit", "0")).code()).isEqualTo(400);
    assertThat(Duration.between(START, now)).isPositive();
  }

  private JsonNode json(String path, Map<String, String> query) throws IOException {
    OperationsServer.Answer answer = page.get(path, query);
    assertThat(answer.code()).isEqualTo(200);
    return new JsonMapper().readTree(answer.text());
  }
}
