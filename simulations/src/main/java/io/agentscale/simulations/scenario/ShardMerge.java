// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the parts of a scenario's results together, to the very JSON of a run without parts. */
public final class ShardMerge {
  private final List<Path> files;
  private final List<ObjectNode> parts = new ArrayList<>();

  private ShardMerge(List<Path> files) {
    this.files = files;
  }

  /**
   * Reads parts in any order.
   *
   * @return the JSON of the whole
   * @throws IllegalArgumentException if a part is missing, doubled or of another scenario
   * @throws IOException if a file cannot be read
   */
  public static String merge(List<Path> files) throws IOException {
    return new ShardMerge(files).merge();
  }

  private String merge() throws IOException {
    for (Path file : files) {
      parts.add(read(file));
    }
    ObjectNode whole = parts.getFirst().deepCopy();
    requireAllParts(whole.get("shard"));
    requireOneScenario();
    List<String> names = new ArrayList<>();
    whole.get("shard").get("names").forEach(name -> names.add(name.asText()));
    List<ScenarioResult> results = new ArrayList<>();
    if (whole.has("otherEngine")) {
      results.add(result(parts.stream().map(part -> part.get("otherEngine")).toList(), names));
    }
    results.add(result(parts, names));
    ObjectNode tree = OutcomeJson.tree(new Outcome(results, List.of()));
    if (whole.has("hybrid")) {
      tree.set("hybrid", whole.get("hybrid"));
    }
    return OutcomeJson.text(tree);
  }

  private static ObjectNode read(Path file) throws IOException {
    try {
      if (OutcomeJson.MAPPER.readTree(Files.readString(file)) instanceof ObjectNode node
          && node.has("shard")) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(
        file + ": must be written by simulate --shard, has no field shard");
  }

  private void requireAllParts(JsonNode first) {
    int of = first.get("of").asInt();
    Map<Integer, Path> seen = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      int index = parts.get(i).get("shard").get("index").asInt();
      if (parts.get(i).get("shard").get("of").asInt() != of) {
        throw new IllegalArgumentException(
            files.get(i) + ": must be one of " + of + " parts as " + files.getFirst());
      }
      Path before = seen.put(index, files.get(i));
      if (before != null) {
        throw new IllegalArgumentException(
            "%s: must be another part than %s, both are %d/%d"
                .formatted(files.get(i), before, index, of));
      }
    }
    for (int index = 1; index <= of; index++) {
      if (!seen.containsKey(index)) {
        throw new IllegalArgumentException("part %d/%d is missing".formatted(index, of));
      }
    }
  }

  private void requireOneScenario() {
    for (int i = 1; i < parts.size(); i++) {
      if (!head(parts.get(i)).equals(head(parts.getFirst()))) {
        throw new IllegalArgumentException(
            "%s: must be of the same scenario, seed and engine as %s"
                .formatted(files.get(i), files.getFirst()));
      }
    }
  }

  private static List<String> head(JsonNode part) {
    List<String> head = new ArrayList<>();
    for (String field : List.of("name", "engine", "seed", "objective", "reference")) {
      head.add(part.path(field).asText());
    }
    head.add(part.get("shard").get("names").toString());
    for (JsonNode each : part.get("cases")) {
      head.add(each.path("traffic").asText() + " " + each.path("cluster").asText());
    }
    return head;
  }

  private static ScenarioResult result(List<? extends JsonNode> results, List<String> names) {
    JsonNode first = results.getFirst();
    List<CaseResult> cases = new ArrayList<>();
    for (int i = 0; i < first.get("cases").size(); i++) {
      int index = i;
      cases.add(caseOf(results.stream().map(each -> each.get("cases").get(index)).toList(), names));
    }
    return OutcomeJson.headOf(first, cases);
  }

  private static CaseResult caseOf(List<JsonNode> parts, List<String> names) {
    Map<String, PolicyResult> found = new HashMap<>();
    for (JsonNode part : parts) {
      for (JsonNode policy : part.get("policies")) {
        PolicyResult result = OutcomeJson.policyOf(policy);
        found.put(result.name(), result);
      }
    }
    List<PolicyResult> policies = new ArrayList<>();
    for (String name : names) {
      PolicyResult result = found.get(name);
      if (result == null) {
        throw new IllegalArgumentException("no part has the result of " + name);
      }
      policies.add(result);
    }
    return OutcomeJson.caseOf(parts.getFirst(), policies);
  }
}
