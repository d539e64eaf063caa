// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.policy.PolicyKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is remembered on an autoscaler while a policy changes it, in an annotation of its own: whose
 * values these are and what they were before. It is written in the same write as the first change,
 * so that whoever comes after a crash can give back.
 *
 * @param policy which one changes it; in the autoscaler's namespace
 * @param uid of the policy's object; empty for one read from a file
 * @param bounds those that are held
 * @param asleep whether the workload has no replica because of the policy
 * @param overwritten when another of late wrote over what is held, the oldest first
 */
record Keepsake(
    String policy, String uid, Map<Bound, Kept> bounds, boolean asleep, List<Instant> overwritten) {

  /** The annotation, and the label that finds it. */
  static final String NAME = "agentscale.io/held";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int VERSION = 1;

  Keepsake {
    bounds = Map.copyOf(bounds);
    overwritten = List.copyOf(overwritten);
  }

  /**
   * A bound.
   *
   * @param user what it was; empty if it was not written
   * @param ours what it is held at; empty if it is not written
   */
  record Kept(OptionalInt user, OptionalInt ours) {}

  /** Says why an annotation is none that we wrote. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String text, String cause) {
      super(
          "annotation " + NAME + ": must be as agentscale wrote it (" + cause + "), was: " + text);
    }
  }

  boolean isOf(PolicyKey key) {
    return policy.equals(key.name());
  }

  /** Tells whether there is nothing to remember. */
  boolean isEmpty() {
    return bounds.isEmpty() && !asleep;
  }

  Optional<Kept> bound(Bound bound) {
    return Optional.ofNullable(bounds.get(bound));
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("v", VERSION).put("policy", policy);
    json.put("uid", uid);
    for (Bound bound : Bound.values()) {
      bound(bound)
          .ifPresent(
              kept -> {
                ObjectNode node = json.putObject(bound.text());
                kept.user().ifPresent(value -> node.put("user", value));
                kept.ours().ifPresent(value -> node.put("ours", value));
              });
    }
    if (asleep) {
      json.put("asleep", true);
    }
    if (!overwritten.isEmpty()) {
      overwritten.forEach(at -> json.withArrayProperty("overwritten").add(at.toString()));
    }
    return json.toString();
  }

  static Keepsake parse(String text) throws UnreadableException {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.path("v").asInt() != VERSION || json.path("policy").asText().isEmpty()) {
        throw new UnreadableException(text, "version " + VERSION + " with a policy");
      }
      Map<Bound, Kept> bounds = new EnumMap<>(Bound.class);
      for (Bound bound : Bound.values()) {
        JsonNode node = json.path(bound.text());
        if (node.isObject()) {
          bounds.put(bound, new Kept(number(text, node, "user"), number(text, node, "ours")));
        }
      }
      List<Instant> overwritten = new ArrayList<>();
      for (JsonNode at : json.path("overwritten")) {
        overwritten.add(Instant.parse(at.asText()));
      }
      return new Keepsake(
          json.path("policy").asText(),
          json.path("uid").asText(),
          bounds,
          json.path("asleep").asBoolean(),
          overwritten);
    } catch (JsonProcessingException e) {
      throw new UnreadableException(text, "JSON");
    } catch (DateTimeException e) {
      throw new UnreadableException(text, "times in ISO 8601");
    }
  }

  private static OptionalInt number(String text, JsonNode node, String field)
      throws UnreadableException {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt() || value.asInt() < 0) {
      throw new UnreadableException(text, "whole numbers not below 0");
    }
    return OptionalInt.of(value.asInt());
  }
}
