// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import java.util.List;
import java.util.Optional;

/**
 * Specs that must be refused, with what is said by us, and by the API server where it can know.
 *
 * @param name of the case
 * @param yaml the spec
 * @param problem what the reader says, with the field
 * @param rule the message of the rule by which the API server refuses it; absent where its schema
 *     or only the reader does
 */
record BadSpecs(String name, String yaml, String problem, Optional<String> rule) {
  private static final String TARGET =
      "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: coder}\n";
  private static final String DEMAND = "demand: {preset: agent-concurrency, perReplica: '12'}\n";
  private static final String LEAST = TARGET + "maxReplicas: 40\n" + DEMAND;

  private static BadSpecs ruled(String name, String yaml, String problem, String rule) {
    return new BadSpecs(name, yaml, problem, Optional.of(rule));
  }

  private static BadSpecs read(String name, String more, String problem) {
    return new BadSpecs(name, LEAST + more, problem, Optional.empty());
  }

  private static BadSpecs schedule(String name, String fields, String problem, String rule) {
    return new BadSpecs(
        name,
        LEAST + "schedules:\n- {name: a, timeZone: UTC, " + fields + "}\n",
        "spec.schedules[0]" + problem,
        Optional.of(rule));
  }

  static final List<BadSpecs> ALL =
      List.of(
          ruled(
              "minimum above maximum",
              LEAST + "minReplicas: 41",
              "spec.maxReplicas: must be at least minReplicas (41), was: 40",
              "minReplicas must be at most maxReplicas"),
          ruled(
              "no demand source",
              TARGET + "maxReplicas: 4\ndemand: {perReplica: '1'}",
              "spec.demand.preset: must be given, or `query` instead, was: neither",
              "exactly one of preset and query must be given"),
          ruled(
              "two demand sources",
              TARGET
                  + "maxReplicas: 4\n"
                  + "demand: {preset: agent-concurrency, query: up, perReplica: '1'}",
              "spec.demand.query: must be absent beside `preset`, was: given",
              "exactly one of preset and query must be given"),
          ruled(
              "backend without a query",
              TARGET
                  + "maxReplicas: 4\n"
                  + "demand: {preset: agent-concurrency, backend: b, perReplica: '1'}",
              "spec.demand.backend: must be absent beside `preset`, was: b",
              "backend is for a query"),
          ruled(
              "activation above zero",
              LEAST + "minReplicas: 2\nactivation: {}",
              "spec.activation: must be absent unless minReplicas is 0, was: beside 2",
              "activation is for policies whose minReplicas is 0"),
          ruled(
              "queue step without the scale",
              LEAST + "queueStep: {}",
              "spec.queueStep: must be absent unless actuation is Scale, was: given",
              "queueStep is for policies whose actuation is Scale"),
          ruled(
              "queue step upside down",
              LEAST + "actuation: Scale\nqueueStep: {upAbove: 1, downBelow: 2}",
              "spec.queueStep.downBelow: must be at most upAbove (1), was: 2",
              "downBelow must be at most upAbove"),
          ruled(
              "a quantile there is not",
              LEAST + "forecast: {quantile: 0.7}",
              "spec.forecast.quantile: must be one of 0.5, 0.8, 0.9, 0.95, 0.99, was: 0.7",
              "quantile must be one of 0.5, 0.8, 0.9, 0.95, 0.99"),
          schedule(
              "floor above the maximum",
              "start: 0 9 * * *, duration: 1h, replicas: {floor: 41}",
              ".replicas.floor: must be at most maxReplicas (40), was: 41",
              "no schedule's floor may be above maxReplicas"),
          schedule(
              "exact above the maximum",
              "start: 0 9 * * *, duration: 1h, replicas: {exact: 41}",
              ".replicas.exact: must be at most maxReplicas (40), was: 41",
              "no schedule's exact number may be above maxReplicas"),
          schedule(
              "floor above ceiling",
              "start: 0 9 * * *, duration: 1h, replicas: {floor: 3, ceiling: 2}",
              ".replicas.floor: must be at most the ceiling (2), was: 3",
              "floor must be at most ceiling"),
          schedule(
              "exact beside floor",
              "start: 0 9 * * *, duration: 1h, replicas: {floor: 3, exact: 2}",
              ".replicas.exact: must be alone, was: beside a floor or a ceiling",
              "exact must be alone"),
          schedule(
              "no replicas",
              "start: 0 9 * * *, duration: 1h, replicas: {}",
              ".replicas: must have a floor, a ceiling or exact, was: empty",
              "floor, ceiling or exact must be given"),
          schedule(
              "replicas beside demand",
              "start: 0 9 * * *, duration: 1h, replicas: {floor: 3}, demand: '4'",
              ".demand: must be absent beside `replicas`, was: given",
              "exactly one of replicas and demand must be given"),
          schedule(
              "no start",
              "duration: 1h, replicas: {floor: 3}",
              ".start: must be given, or `at` instead, was: neither",
              "exactly one of start and at must be given"),
          schedule(
              "two starts",
              "start: 0 9 * * *, at: '2026-11-27T09:00', duration: 1h, replicas: {floor: 3}",
              ".at: must be absent beside `start`, was: given",
              "exactly one of start and at must be given"),
          schedule(
              "two ends",
              "start: 0 9 * * *, duration: 1h, end: 0 12 * * *, replicas: {floor: 3}",
              ".end: must be absent beside `duration`, was: given",
              "exactly one of duration and end must be given"),
          schedule(
              "once with an end",
              "at: '2026-11-27T09:00', end: 0 12 * * *, replicas: {floor: 3}",
              ".end: must be absent beside `at`, which takes a duration, was: 0 12 * * *",
              "at takes a duration, not an end"),
          read(
              "no zone of that name",
              "schedules: [{name: a, timeZone: Mars/Olympus, start: 0 9 * * *, duration: 1h,"
                  + " replicas: {floor: 3}}]",
              "spec.schedules[0].timeZone: must be an IANA time zone such as Europe/Berlin, was:"
                  + " Mars/Olympus"),
          read(
              "a calendar as YAML reads it",
              "schedules: [{name: a, timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas:"
                  + " {floor: 3}, exclude: [calendar: x]}]",
              "spec.schedules[0].exclude[0]: must be text such as \"calendar:NAME\" in quotes, was:"
                  + " a mapping"),
          read(
              "two schedules of a name",
              "schedules:\n"
                  + "- {name: a, timeZone: UTC, start: 0 9 * * *, duration: 1h, replicas: {floor:"
                  + " 3}}\n"
                  + "- {name: a, timeZone: UTC, start: 0 12 * * *, duration: 1h, demand: 3}",
              "spec.schedules[1].name: must be used once, was: a, which an earlier one has"),
          read(
              "another mode",
              "mode: enforce",
              "spec.mode: must be one of Enforce, Preview, Paused, was: enforce"),
          read(
              "another actuation",
              "actuation: Floor",
              "spec.actuation: must be one of Metric, ExactFloor, Scale, was: Floor"),
          read(
              "headroom of too much",
              "headroom: 1001%",
              "spec.headroom: must be a whole share from 0% to 1000%, was: 1001%"),
          read(
              "headroom of a word",
              "headroom: some",
              "spec.headroom: must be a share such as 10% or a quantity such as 24, was: some"),
          read(
              "negative headroom",
              "headroom: -1",
              "spec.headroom: must be a share such as 10% or a quantity such as 24, was: -1"),
          read(
              "hold without a unit",
              "hold: 5",
              "spec.hold: must be a length of time such as 9h, 1h30m or 14d, was: 5"),
          read(
              "tolerance of all",
              "tolerance: 1",
              "spec.tolerance: must be at least 0 and below 1, was: 1"),
          read(
              "tolerance in quotes",
              "tolerance: '0.1'",
              "spec.tolerance: must be without quotes, was: \"0.1\""),
          read(
              "headroom with a point",
              "headroom: 2.5",
              "spec.headroom: must be in quotes where it is no whole number, was: 2.5"),
          read(
              "lead of too much",
              "forecast: {lead: 25h}",
              "spec.forecast.lead: must be at most 24h, was: 25h"),
          read(
              "lead of a word",
              "forecast: {lead: auto}",
              "spec.forecast.lead: must be Auto or a length of time above 0 such as 4m, was: auto"),
          read(
              "no history",
              "forecast: {history: 0d}",
              "spec.forecast.history: must be a length of time above 0, was: 0d"),
          read(
              "history of too much",
              "forecast: {history: 367d}",
              "spec.forecast.history: must be at most 366d, was: 367d"),
          read(
              "skill of all",
              "forecast: {minSkill: 1}",
              "spec.forecast.minSkill: must be at least -1 and below 1, was: 1"),
          read("no quota", "quota: {}", "spec.quota.tokensPerMinute: is required"),
          read(
              "quota of nothing",
              "quota: {tokensPerMinute: 0}",
              "spec.quota.tokensPerMinute: must be a quantity above 0 such as 12, 0.5 or 2M, was: 0"),
          read(
              "threshold of a word",
              "minReplicas: 0\nactivation: {threshold: any}",
              "spec.activation.threshold: must be a quantity such as 12, 0.5 or 2M, was: any"),
          read(
              "protection of a word",
              "scaleIn: {protectBusyPods: maybe}",
              "spec.scaleIn.protectBusyPods: must be true or false, was: maybe"),
          read(
              "negative minimum",
              "minReplicas: -1",
              "spec.minReplicas: must be a whole number from 0 to 1000000, was: -1"),
          read(
              "a field nobody knows",
              "minReplica: 1",
              "spec.minReplica: unknown key, did you mean minReplicas?"));
}
