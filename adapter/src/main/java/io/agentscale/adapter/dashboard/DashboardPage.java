// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.policy.ServedDemand;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the dashboard, which only reads: {@code /dashboard} is the page, {@code
 * /dashboard/policies} all policies with their last demands, {@code
 * /dashboard/policies/NAMESPACE/NAME} the columns of one policy's charts.
 */
public final class DashboardPage implements OperationsServer.Page {
  private static final String JSON = "application/json";
  private static final String POLICIES = "policies";

  private final PolicyBoard board;
  private final Sparklines sparklines = new Sparklines();
  private final String page;

  /** Creates the page; it shows what happens from now on, and what the board remembers. */
  public DashboardPage(PolicyBoard board) {
    this.board = board;
    this.page =
        PageAssets.shared()
            .with(DashboardPage.class, "dashboard.js")
            .page(DashboardPage.class, "dashboard.html");
    board.listen(sparklines);
  }

  @Override
  public OperationsServer.Answer get(String path, Map<String, String> query) {
    if (path.isEmpty()) {
      return new OperationsServer.Answer(200, "text/html; charset=utf-8", page);
    }
    if (path.equals(POLICIES)) {
      return answer(200, policies());
    }
    String[] parts = path.split("/", -1);
    Optional<PolicySnapshot> found =
        parts.length == 3 && parts[0].equals(POLICIES)
            ? board.find(new PolicyKey(parts[1], parts[2]))
            : Optional.empty();
    return found
        .map(snapshot -> answer(200, chart(snapshot)))
        .orElseGet(() -> answer(404, json().put("error", "not found: /dashboard/" + path)));
  }

  private ObjectNode policies() {
    ObjectNode json = json();
    ArrayNode list = json.putArray(POLICIES);
    for (PolicySnapshot snapshot : board.all()) {
      ObjectNode policy = list.addObject();
      summary(snapshot, policy);
      ArrayNode spark = policy.putArray("spark");
      for (double value : sparklines.of(snapshot.definition().key())) {
        if (Double.isNaN(value)) {
          spark.addNull();
        } else {
          spark.add(value);
        }
      }
    }
    ArrayNode refused = json.putArray("refused");
    board
        .refusals()
        .forEach(
            refusal ->
                refused
                    .addObject()
                    .put("namespace", refusal.key().namespace())
                    .put("name", refusal.key().name())
                    .put("problems", String.join("; ", refusal.problems())));
    return json;
  }

  private static void summary(PolicySnapshot snapshot, ObjectNode json) {
    PolicyKey key = snapshot.definition().key();
    json.put("namespace", key.namespace())
        .put("name", key.name())
        .put("target", snapshot.definition().target().toString())
        .put("mode", snapshot.definition().mode().name().toLowerCase(Locale.ROOT))
        .put("ready", ready(snapshot))
        .put("warnings", snapshot.warnings().size());
    snapshot
        .latest()
        .ifPresent(
            record -> {
              json.put("at", record.at().toEpochMilli() / 1e3)
                  .put("replicas", record.replicas())
                  .put("decided", record.decision().replicas())
                  .put(
                      "winner",
                      record.decision().explanation().winner().name().toLowerCase(Locale.ROOT));
              if (record.decision().served() instanceof ServedDemand.Known known) {
                json.put("served", known.demand().doubleValue());
              }
            });
  }

  private static String ready(PolicySnapshot snapshot) {
    return snapshot.conditions().stream()
        .filter(condition -> condition.type() == PolicyCondition.Type.READY)
        .map(condition -> condition.status().text())
        .findFirst()
        .orElse(PolicyCondition.Status.UNKNOWN.text());
  }

  private ObjectNode chart(PolicySnapshot snapshot) {
    return PolicyChart.of(snapshot.definition(), board.history(snapshot.definition().key()));
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static OperationsServer.Answer answer(int code, ObjectNode json) {
    return new OperationsServer.Answer(code, JSON, json + "\n");
  }
}
