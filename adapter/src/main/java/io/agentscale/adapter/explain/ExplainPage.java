// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicyRefusal;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.yaml.DurationText;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves explanations: {@code /explain} lists the policies, {@code /explain/NAMESPACE/NAME} tells
 * of one, with its decisions {@code since} a span such as {@code 1h}, the last {@code limit} of
 * them.
 */
public final class ExplainPage implements OperationsServer.Page {
  private static final String JSON = "application/json";
  private static final int DEFAULT_LIMIT = 20;

  private final PolicyBoard board;
  private final InstantSource clock;

  public ExplainPage(PolicyBoard board, InstantSource clock) {
    this.board = board;
    this.clock = clock;
  }

  @Override
  public OperationsServer.Answer get(String path, Map<String, String> query) {
    if (path.isEmpty()) {
      return answer(200, list());
    }
    String[] parts = path.split("/", -1);
    if (parts.length != 2) {
      return failed(404, "must be /explain or /explain/NAMESPACE/POLICY, was: /explain/" + path);
    }
    PolicyKey key = new PolicyKey(parts[0], parts[1]);
    try {
      return policy(key, since(query), limit(query));
    } catch (IllegalArgumentException e) {
      return failed(400, String.valueOf(e.getMessage()));
    }
  }

  private Instant since(Map<String, String> query) {
    String text = query.get("since");
    if (text == null) {
      return Instant.MIN;
    }
    try {
      return clock.instant().minus(DurationText.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("since: " + e.getMessage(), e);
    }
  }

  private static int limit(Map<String, String> query) {
    String text = query.get("limit");
    if (text == null) {
      return query.containsKey("since") ? PolicyBoard.RECORDS_KEPT : DEFAULT_LIMIT;
    }
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) == 0) {
      throw new IllegalArgumentException("limit: must be a number above 0, was: " + text);
    }
    return Integer.parseInt(text);
  }

  private ObjectNode list() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode policies = json.putArray("policies");
    for (PolicySnapshot snapshot : board.all()) {
      policies.add(summary(snapshot));
    }
    ArrayNode refused = json.putArray("refused");
    for (PolicyRefusal refusal : board.refusals()) {
      refused.add(refusal(refusal));
    }
    return json;
  }

  private static ObjectNode summary(PolicySnapshot snapshot) {
    ObjectNode json = definition(snapshot.definition());
    if (snapshot.latest().isPresent()) {
      DecisionRecord latest = snapshot.latest().get();
      json.put("at", latest.at().toString())
          .put("replicas", latest.replicas())
          .put("decided", latest.decision().replicas());
      if (latest.decision().served() instanceof ServedDemand.Known known) {
        json.put("served", known.demand().toString());
      }
    }
    return json;
  }

  private static ObjectNode refusal(PolicyRefusal refusal) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("namespace", refusal.key().namespace())
        .put("name", refusal.key().name())
        .put("generation", refusal.generation());
    refusal.problems().forEach(json.putArray("problems")::add);
    return json;
  }

  private OperationsServer.Answer policy(PolicyKey key, Instant since, int limit) {
    Optional<PolicySnapshot> snapshot = board.find(key);
    if (snapshot.isEmpty()) {
      return board
          .findRefusal(key)
          .map(
              refusal ->
                  answer(
                      200, JsonNodeFactory.instance.objectNode().set("refused", refusal(refusal))))
          .orElseGet(() -> failed(404, "no policy " + key + "; " + there(key.namespace())));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("policy", definition(snapshot.get().definition()));
    ArrayNode conditions = json.putArray("conditions");
    for (PolicyCondition condition : snapshot.get().conditions()) {
      conditions
          .addObject()
          .put("type", condition.type().text())
          .put("status", condition.status().text())
          .put("reason", condition.reason())
          .put("message", condition.message())
          .put("lastTransitionTime", condition.lastTransition().toString());
    }
    snapshot.get().warnings().forEach(json.putArray("warnings")::add);
    ArrayNode decisions = json.putArray("decisions");
    List<DecisionRecord> records = board.history(key, since, limit);
    for (int i = 0; i < records.size(); i++) {
      Optional<DecisionRecord> next =
          i + 1 < records.size() ? Optional.of(records.get(i + 1)) : Optional.empty();
      decisions.add(DecisionJson.of(records.get(i), next));
    }
    return answer(200, json);
  }

  private static ObjectNode definition(PolicyDefinition policy) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("namespace", policy.key().namespace())
        .put("name", policy.key().name())
        .put("target", policy.target().toString())
        .put("mode", DecisionJson.word(policy.mode()))
        .put("demand", policy.demand().describe())
        .put("perReplica", policy.settings().perReplica().toString())
        .put("actuation", actuation(policy));
  }

  private static String actuation(PolicyDefinition policy) {
    return switch (policy.actuation()) {
      case Actuation.Metric _ -> "Metric";
      case Actuation.ExactFloor _ -> "ExactFloor";
      case Actuation.OwnScale _ -> "Scale";
    };
  }

  private String there(String namespace) {
    List<String> names =
        board.inNamespace(namespace).stream().map(s -> s.definition().key().name()).toList();
    return names.isEmpty()
        ? "there is none in namespace " + namespace
        : "there are " + String.join(", ", names);
  }

  private static OperationsServer.Answer answer(int code, ObjectNode json) {
    return new OperationsServer.Answer(code, JSON, json + "\n");
  }

  private static OperationsServer.Answer failed(int code, String error) {
    return answer(code, JsonNodeFactory.instance.objectNode().put("error", error));
  }
}
