// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/**
 * A policy of fields that are there or not, each with one of a few values, good and bad, of the
 * kinds that people write. Nothing in it is beyond what an API server can judge.
 */
final class RandomPolicy {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] QUANTITY = {
    "12", "\"12\"", "\"0.5\"", "\"2M\"", "\"100m\"", "0.5", "1.0"
  };
  private static final String[] DURATION = {"\"5m\"", "\"1h30m\"", "\"14d\""};

  private final Random random;

  private RandomPolicy(Random random) {
    this.random = random;
  }

  static ObjectNode of(Random random) {
    return new RandomPolicy(random).policy();
  }

  private ObjectNode policy() {
    ObjectNode policy = JSON.createObjectNode();
    policy.put("apiVersion", ScalingPolicy.API_VERSION).put("kind", ScalingPolicy.KIND);
    policy.putObject("metadata").put("name", "coder").put("namespace", "agent-prod");
    ObjectNode spec = policy.putObject("spec");
    spec.putObject("scaleTargetRef")
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", "coder");
    put(spec, "maxReplicas", 99, "8", "8", "8", "40", "0", "\"8\"", "8.5");
    put(spec, "minReplicas", 50, "0", "0", "2", "9", "-1", "null");
    put(spec, "mode", 20, "\"Preview\"", "\"Paused\"", "\"Enforce\"", "\"off\"", "null");
    put(spec, "actuation", 40, "\"Scale\"", "\"Scale\"", "\"ExactFloor\"", "\"Metric\"", "\"\"");
    put(spec, "headroom", 20, "\"10%\"", "\"24\"", "3", "\"-1\"", "\"ten\"");
    put(spec, "hold", 20, "\"0s\"", "\"5m\"", "5", "\"soon\"");
    put(spec, "tolerance", 20, "0", "0.2", "1", "\"0.1\"");
    demand(spec.putObject("demand"));
    if (chance(30)) {
      ObjectNode activation = spec.putObject("activation");
      put(activation, "threshold", 50, QUANTITY);
      put(activation, "idleFor", 50, DURATION);
    }
    if (chance(30)) {
      ObjectNode step = spec.putObject("queueStep");
      put(step, "upAbove", 50, "3", "10", "1", "-1", "\"3\"");
      put(step, "downBelow", 50, "2", "4", "11");
      put(step, "cooldown", 50, DURATION);
    }
    if (chance(30)) {
      ObjectNode forecast = spec.putObject("forecast");
      put(forecast, "quantile", 70, "0.5", "0.95", "0.99", "0.7", "1", "\"0.9\"");
      put(forecast, "lead", 50, "\"Auto\"", "\"4m\"", "\"auto\"");
      put(forecast, "minSkill", 50, "0", "0.1", "-1", "1", "-1.5");
    }
    if (chance(20)) {
      ObjectNode quota = spec.putObject("quota");
      put(quota, "tokensPerMinute", 80, QUANTITY);
      put(quota, "tokensPerMinutePerReplica", 30, QUANTITY);
    }
    if (chance(20)) {
      put(spec.putObject("scaleIn"), "protectBusyPods", 80, "true", "false", "\"true\"");
    }
    if (chance(70)) {
      schedules(spec.putArray("schedules"));
    }
    return policy;
  }

  private void demand(ObjectNode demand) {
    put(demand, "perReplica", 98, QUANTITY);
    boolean isQuery = chance(50);
    put(demand, "query", isQuery ? 95 : 5, "\"sum(queue)\"");
    put(demand, "preset", isQuery ? 5 : 95, "\"agent-concurrency\"");
    put(demand, "backend", isQuery ? 20 : 3, "\"thanos\"");
  }

  private void schedules(ArrayNode schedules) {
    int many = 1 + random.nextInt(2);
    for (int i = 0; i < many; i++) {
      ObjectNode schedule = schedules.addObject();
      put(schedule, "name", 99, chance(95) ? "\"s" + i + "\"" : "\"s0\"", "\"A b\"");
      put(schedule, "timeZone", 98, "\"UTC\"", "\"Asia/Shanghai\"");
      boolean isOnce = chance(30);
      put(schedule, "at", isOnce ? 95 : 5, "\"2026-11-27T09:00\"");
      put(schedule, "start", isOnce ? 5 : 95, "\"0 9 * * *\"");
      boolean isLong = isOnce || chance(50);
      put(schedule, "duration", isLong ? 95 : 5, "\"1h\"", "\"9h\"");
      put(schedule, "end", isLong ? 5 : 95, "\"0 12 * * *\"");
      boolean isDemand = chance(30);
      put(schedule, "demand", isDemand ? 95 : 5, QUANTITY);
      if (chance(isDemand ? 5 : 95)) {
        ObjectNode replicas = schedule.putObject("replicas");
        boolean isExact = chance(30);
        put(replicas, "exact", isExact ? 95 : 5, "3", "3", "3", "9");
        put(replicas, "floor", isExact ? 5 : 60, "3", "3", "3", "9");
        put(replicas, "ceiling", isExact ? 5 : 60, "6", "6", "2", "0");
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Puts one of the values, or none; the later ones seldom, since most of those are bad. */
  private void put(ObjectNode object, String field, int percent, String... values) {
    if (chance(percent)) {
      int first = random.nextInt(values.length);
      int chosen = chance(60) ? random.nextInt(first + 1) : first;
      object.set(field, json(values[chosen]));
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
