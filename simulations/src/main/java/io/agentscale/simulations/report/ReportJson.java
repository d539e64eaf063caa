// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.simulations.replay.TimelineRow;
import io.agentscale.simulations.scenario.CaseResult;
import io.agentscale.simulations.scenario.PolicyResult;
import io.agentscale.simulations.scenario.PolicyScores;
import io.agentscale.simulations.scenario.PolicySummary;
import io.agentscale.simulations.scenario.Scenario.EngineKind;
import io.agentscale.simulations.scenario.ScenarioResult;
import io.agentscale.simulations.trace.spec.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes what the page's script reads. Numbers that are not known are null, never 0. */
final class ReportJson {
  /** Points and decisions of a page, over all replays: a few megabytes at most. */
  private static final int POINTS = 40_000;

  static final int DECISIONS = 10_000;

  /** About one point for each pixel of a wide screen; more cannot be seen. */
  static final int MOST_POINTS = 2_400;

  private static final double DECIMALS = 1e3;

  /** The engine that knows amounts of runs, and none by itself. */
  private static final String FLUID = Fields.word(EngineKind.FLUID);

  private static final double HOUR_MILLIS = 3_600_000;

  private final JsonMapper mapper = new JsonMapper();
  private final int points;
  private final int decisions;

  ReportJson(List<ScenarioResult> results) {
    long replays =
        results.stream()
            .flatMap(result -> result.cases().stream())
            .flatMap(each -> each.policies().stream())
            .filter(policy -> !policy.timeline().isEmpty())
            .count();
    points = Math.clamp(POINTS / Math.max(1, replays), 100, MOST_POINTS);
    decisions = (int) Math.max(20, DECISIONS / Math.max(1, replays));
  }

  void comparison(ScenarioResult result, ArrayNode into) {
    ObjectNode json = into.addObject();
    json.put("note", note(result));
    ArrayNode policies = json.putArray("policies");
    for (PolicySummary policy : result.policies()) {
      ObjectNode row = policies.addObject();
      row.put("name", policy.name()).put("baseline", policy.baseline());
      row.set("scores", scores(policy.scores()));
    }
  }

  private static String note(ScenarioResult result) {
    String money = result.currency().map(currency -> " Money in " + currency + ".").orElse("");
    String cases =
        result.cases().size() == 1
            ? ""
            : " Means over %d cases; hours, money and counts added up."
                .formatted(result.cases().size());
    String waits = result.engine().equals(FLUID) ? " Longest waits are estimates." : "";
    return ("Engine %s: %s. Cost is replica-hours over those of the minimal schedule; ready replicas"
            + " are short of it or over it.%s%s%s")
        .formatted(result.engine(), result.objective(), waits, money, cases);
  }

  private JsonNode scores(PolicyScores scores) {
    ObjectNode json = mapper.valueToTree(scores);
    json.properties()
        .forEach(
            field -> {
              if (field.getValue().isDouble() && !Double.isFinite(field.getValue().asDouble())) {
                json.putNull(field.getKey());
              }
            });
    return json;
  }

  /**
   * Adds every replay that has a timeline.
   *
   * @param engines whether there are several, which names must then tell apart
   */
  void replays(ScenarioResult result, boolean engines, ArrayNode into) {
    for (CaseResult each : result.cases()) {
      String where =
          result.cases().size() == 1 ? "" : " · " + each.traffic() + " · " + each.cluster();
      String by = engines ? " · " + result.engine() : "";
      for (PolicyResult policy : each.policies()) {
        if (!policy.timeline().isEmpty()) {
          replay(policy.name() + where + by, each, policy, into.addObject());
        }
      }
    }
  }

  private void replay(String name, CaseResult where, PolicyResult policy, ObjectNode json) {
    json.put("name", name).put("baseline", policy.baseline());
    List<TimelineRow> rows = policy.timeline();
    ThinnedTimeline thinned = new ThinnedTimeline(rows, points);
    ObjectNode timeline = json.putObject("timeline");
    put(timeline, "time", thinned.times());
    put(timeline, "requests", thinned.values(TimelineRow::requestsPerSecond));
    put(timeline, "needed", thinned.values(TimelineRow::needed));
    put(timeline, "desired", thinned.values(TimelineRow::desired));
    put(timeline, "starting", thinned.values(TimelineRow::starting));
    put(timeline, "ready", thinned.values(TimelineRow::ready));
    put(timeline, "inFlight", thinned.values(TimelineRow::inFlight));
    put(timeline, "queued", thinned.values(TimelineRow::queued));
    put(timeline, "spent", thinned.values(spent(where, policy)));
    decisions(rows, decisions, json);
  }

  static void put(ObjectNode json, String name, double[] values) {
    ArrayNode list = json.putArray(name);
    for (double value : values) {
      if (Double.isFinite(value)) {
        list.add(Math.rint(value * DECIMALS) / DECIMALS);
      } else {
        list.addNull();
      }
    }
  }

  /** What ready and starting replicas had cost by each row, or their hours without a price. */
  private static double[] spent(CaseResult where, PolicyResult policy) {
    Double money = policy.scores().money();
    double hours = policy.scores().replicaHours();
    double price = money == null ? 1 : hours > 0 ? money / hours : 0;
    Instant scored = where.start().plus(where.warmUp());
    List<TimelineRow> rows = policy.timeline();
    double[] spent = new double[rows.size()];
    for (int i = 1; i < spent.length; i++) {
      TimelineRow before = rows.get(i - 1);
      Duration passed = Duration.between(before.at(), rows.get(i).at());
      double replicas = before.at().isBefore(scored) ? 0 : before.ready() + before.starting();
      spent[i] = spent[i - 1] + replicas * price * passed.toMillis() / HOUR_MILLIS;
    }
    return spent;
  }

  /** Adds the changes of the count, the first so many of them. */
  static void decisions(List<TimelineRow> rows, int decisions, ObjectNode json) {
    ArrayNode list = json.putArray("decisions");
    int count = 0;
    for (int i = 1; i < rows.size(); i++) {
      TimelineRow row = rows.get(i);
      if (row.desired() != rows.get(i - 1).desired() && count++ < decisions) {
        list.addObject()
            .put("time", row.at().toEpochMilli() / 1e3)
            .put("from", rows.get(i - 1).desired())
            .put("to", row.desired())
            .put("reason", row.reason());
      }
    }
    json.put("decisionCount", count);
  }

  JsonNode pareto(Pareto pareto) {
    return mapper.valueToTree(pareto);
  }
}
