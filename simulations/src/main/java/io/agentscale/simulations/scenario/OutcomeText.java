// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.cost.Mix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results as text, a row a policy. */
public final class OutcomeText {
  private static final String UNKNOWN = "-";

  private final StringBuilder out = new StringBuilder();

  private OutcomeText() {}

  /** Returns the tables of an outcome: one for each cluster, and what else was asked for. */
  public static String of(Outcome outcome) {
    OutcomeText table = new OutcomeText();
    ScenarioResult result = outcome.result();
    table.line(
        "%s: %s engine, seed %d; %s",
        result.name(), result.engine(), result.seed(), result.objective());
    List<String> clusters =
        result.cases().stream().map(CaseResult::cluster).distinct().toList();
    for (String cluster : clusters) {
      table.cluster(result, cluster, clusters.size() > 1);
    }
    outcome.other().ifPresent(other -> table.disagreement(result, other));
    outcome.hybrids().forEach(table::hybrid);
    return table.out.toString();
  }

  private void cluster(ScenarioResult result, String cluster, boolean named) {
    List<PolicySummary> policies = result.policiesOn(cluster);
    long traffics =
        result.cases().stream().filter(each -> each.cluster().equals(cluster)).count();
    line("");
    if (named || traffics > 1) {
      line("%s%s", cluster, traffics > 1 ? ", mean of %d traffics".formatted(traffics) : "");
    }
    int width = policies.stream().mapToInt(each -> shown(each).length()).max().orElse(6);
    line(
        "%-" + width + "s %8s %7s %10s %10s %8s %8s %8s %8s %6s %9s %9s",
        "POLICY",
        "LATE %",
        "COST",
        "HOURS",
        "MONEY",
        "P50 ms",
        "P95 ms",
        "P99 ms",
        "ACTIONS",
        "FLAPS",
        "FAILED",
        "KILLED");
    policies.forEach(policy -> row(width, policy));
  }

  private static String shown(PolicySummary policy) {
    return policy.baseline() ? "  " + policy.name() : policy.name();
  }

  private void row(int width, PolicySummary policy) {
    PolicyScores scores = policy.scores();
    line(
        "%-" + width + "s %8.3f %7.3f %10.1f %10s %8s %8s %8s %8d %6d %9.0f %9.0f",
        shown(policy),
        scores.latePercent(),
        scores.costRatio(),
        scores.replicaHours(),
        known(scores.money(), 2),
        known(scores.p50Ms(), 0),
        known(scores.p95Ms(), 0),
        known(scores.p99Ms(), 0),
        scores.scaleActions(),
        scores.flaps(),
        scores.failed(),
        scores.killed());
  }

  private static String known(@Nullable Double value, int decimals) {
    return value == null ? UNKNOWN : Numbers.decimals(decimals, value);
  }

  private void disagreement(ScenarioResult truth, ScenarioResult other) {
    line("");
    line("How far the %s engine is from the %s engine", other.engine(), truth.engine());
    int width = truth.policies().stream().mapToInt(each -> shown(each).length()).max().orElse(6);
    line(
        "%-" + width + "s %12s %12s %12s", "POLICY", "LATE points", "HOURS %", "P99 %");
    for (Disagreement each : Disagreement.between(other, truth)) {
      line(
          "%-" + width + "s %+12.3f %+12.2f %12s",
          each.name(),
          each.latePoints(),
          each.replicaHoursPercent(),
          Optional.ofNullable(each.p99Percent())
              .map(percent -> String.format(Locale.ROOT, "%+.1f", percent))
              .orElse(UNKNOWN));
    }
  }

  private void hybrid(HybridResult hybrid) {
    line("");
    line(
        "%s: owned replicas (%s) and overflow, money%s",
        hybrid.traffic(),
        hybrid.type(),
        hybrid.currency().isEmpty() ? "" : " in " + hybrid.currency());
    line(
        "%5s %14s %12s %14s %12s %10s %12s  %s",
        "OWNED", "OWNED SHARE %", "OWNED MONEY", "OVERFLOW MONEY", "MONEY", "REJECTED",
        "COLD STARTS", "");
    for (Mix mix : hybrid.study().mixes()) {
      line(
          "%5d %14.1f %12.2f %14.2f %12.2f %10.0f %12.0f  %s",
          mix.owned(),
          mix.ownedSharePercent(),
          mix.ownedMoney(),
          mix.overflow().money(),
          mix.money(),
          mix.overflow().rejected(),
          mix.overflow().coldStarts(),
          word(hybrid, mix));
    }
    line(
        "An owned replica is cheaper than overflow from %.2f requests/s of its own on.",
        hybrid.study().breakEvenRequestsPerSecond());
  }

  private static String word(HybridResult hybrid, Mix mix) {
    String what =
        mix.equals(hybrid.study().overflowOnly())
            ? "overflow only"
            : mix.equals(hybrid.study().ownedOnly()) ? "owned only" : "hybrid";
    return mix.equals(hybrid.study().best()) ? what + ", the cheapest" : what;
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
