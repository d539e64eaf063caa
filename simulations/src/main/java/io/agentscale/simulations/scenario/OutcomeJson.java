// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.cost.Mix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Outcomes as JSON; the fields of {@code policies[]} are those of {@link PolicyScores}. */
public final class OutcomeJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private OutcomeJson() {}

  /** Returns an outcome as indented JSON with a line end. */
  public static String of(Outcome outcome) {
    return text(tree(outcome));
  }

  /**
   * Returns a part of an outcome, with what is needed to put the parts together.
   *
   * @param names of policies and baselines in their order
   */
  public static String part(Outcome outcome, Shard shard, List<String> names) {
    ObjectNode tree = tree(outcome);
    ObjectNode part = tree.putObject("shard");
    part.put("index", shard.index());
    part.put("of", shard.of());
    ArrayNode order = part.putArray("names");
    names.forEach(order::add);
    return text(tree);
  }

  static String text(JsonNode tree) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  static ObjectNode tree(Outcome outcome) {
    ObjectNode root = result(outcome.result());
    outcome
        .other()
        .ifPresent(
            other -> {
              root.set("otherEngine", result(other));
              root.set(
                  "disagreement",
                  MAPPER.valueToTree(Disagreement.between(other, outcome.result())));
            });
    if (!outcome.hybrids().isEmpty()) {
      ArrayNode hybrids = root.putArray("hybrid");
      outcome.hybrids().forEach(each -> hybrids.add(hybrid(each)));
    }
    return root;
  }

  private static ObjectNode result(ScenarioResult result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("name", result.name());
    root.put("engine", result.engine());
    root.put("seed", result.seed());
    root.put("objective", result.objective());
    root.put("currency", result.currency().orElse(null));
    root.put("reference", result.reference());
    ArrayNode policies = root.putArray("policies");
    result
        .policies()
        .forEach(each -> policies.add(scores(each.name(), each.baseline(), each.scores())));
    List<String> clusters = result.cases().stream().map(CaseResult::cluster).distinct().toList();
    if (clusters.size() > 1) {
      ArrayNode byCluster = root.putArray("clusters");
      for (String cluster : clusters) {
        ObjectNode node = byCluster.addObject().put("cluster", cluster);
        ArrayNode there = node.putArray("policies");
        result
            .policiesOn(cluster)
            .forEach(each -> there.add(scores(each.name(), each.baseline(), each.scores())));
      }
    }
    ArrayNode cases = root.putArray("cases");
    result.cases().forEach(each -> cases.add(caseOf(each)));
    return root;
  }

  private static ObjectNode caseOf(CaseResult each) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("traffic", each.traffic());
    node.put("cluster", each.cluster());
    node.put("start", each.start().toString());
    node.put("spanSeconds", each.span().toSeconds());
    node.put("warmUpSeconds", each.warmUp().toSeconds());
    ArrayNode policies = node.putArray("policies");
    each.policies()
        .forEach(policy -> policies.add(scores(policy.name(), policy.baseline(), policy.scores())));
    return node;
  }

  private static ObjectNode scores(String name, boolean baseline, PolicyScores scores) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", name);
    node.put("baseline", baseline);
    node.setAll((ObjectNode) MAPPER.valueToTree(scores));
    return node;
  }

  private static ObjectNode hybrid(HybridResult hybrid) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("traffic", hybrid.traffic());
    node.put("currency", hybrid.currency());
    node.put("owned", hybrid.type());
    double breakEven = hybrid.study().breakEvenRequestsPerSecond();
    if (Double.isFinite(breakEven)) {
      node.put("breakEvenRequestsPerSecond", PolicyScores.rounded(breakEven));
    } else {
      node.putNull("breakEvenRequestsPerSecond");
    }
    node.set("ownedOnly", mix(hybrid.study().ownedOnly()));
    node.set("overflowOnly", mix(hybrid.study().overflowOnly()));
    node.set("best", mix(hybrid.study().best()));
    ArrayNode mixes = node.putArray("mixes");
    hybrid.study().mixes().forEach(each -> mixes.add(mix(each)));
    return node;
  }

  private static ObjectNode mix(Mix mix) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("owned", mix.owned());
    node.put("ownedSharePercent", PolicyScores.rounded(mix.ownedSharePercent()));
    node.put("money", PolicyScores.rounded(mix.money()));
    node.put("ownedMoney", PolicyScores.rounded(mix.ownedMoney()));
    node.put("overflowMoney", PolicyScores.rounded(mix.overflow().money()));
    node.put("rejected", PolicyScores.rounded(mix.overflow().rejected()));
    node.put("waitedForStart", PolicyScores.rounded(mix.overflow().waitedForStart()));
    node.put("coldStarts", PolicyScores.rounded(mix.overflow().coldStarts()));
    return node;
  }

  /** Reads what a result says of itself. */
  static ScenarioResult headOf(JsonNode node, List<CaseResult> cases) {
    return new ScenarioResult(
        node.get("name").asText(),
        node.get("engine").asText(),
        node.get("seed").asLong(),
        node.get("objective").asText(),
        node.get("currency").isNull()
            ? Optional.empty()
            : Optional.of(node.get("currency").asText()),
        node.get("reference").asText(),
        cases);
  }

  /** Reads what a case says of itself. */
  static CaseResult caseOf(JsonNode node, List<PolicyResult> policies) {
    return new CaseResult(
        node.get("traffic").asText(),
        node.get("cluster").asText(),
        Instant.parse(node.get("start").asText()),
        Duration.ofSeconds(node.get("spanSeconds").asLong()),
        Duration.ofSeconds(node.get("warmUpSeconds").asLong()),
        policies);
  }

  /** Reads one of the {@code policies}. */
  static PolicyResult policyOf(JsonNode node) {
    ObjectNode scores = node.deepCopy();
    String name = scores.remove("name").asText();
    boolean baseline = scores.remove("baseline").asBoolean();
    try {
      return new PolicyResult(
          name, baseline, MAPPER.treeToValue(scores, PolicyScores.class), List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("policy " + name + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Returns a name as command lines write it: {@code latePercent} as {@code late_percent}. */
  static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
