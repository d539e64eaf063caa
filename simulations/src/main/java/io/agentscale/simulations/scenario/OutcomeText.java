// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.cost.Mix;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results as text, a row a policy. */
public final class OutcomeText {
  private static final String UNKNOWN = "-";

  private final Formatter out = new Formatter(Locale.ROOT);

  private OutcomeText() {}

  /** Returns the tables of an outcome: one for each cluster, and what else was asked for. */
  public static String of(Outcome outcome) {
    OutcomeText table = new OutcomeText();
    ScenarioResult result = outcome.result();
    table.out.format(
        "%s: %s engine, seed %d; %s\n",
        result.name(), result.engine(), result.seed(), result.objective());
    List<String> clusters = result.cases().stream().map(CaseResult::cluster).distinct().toList();
    for (String cluster : clusters) {
      table.cluster(result, cluster, clusters.size() > 1);
    }
    outcome.other().ifPresent(other -> table.disagreement(result, other));
    outcome.hybrids().forEach(table::hybrid);
    return table.out.toString();
  }

  private void cluster(ScenarioResult result, String cluster, boolean named) {
    List<PolicySummary> policies = result.policiesOn(cluster);
    long traffics = result.cases().stream().filter(each -> each.cluster().equals(cluster)).count();
    out.format("\n");
    if (named || traffics > 1) {
      out.format(
          "%s%s\n",
          cluster,
          traffics > 1
              ? ", %d traffics: cost and hours of all, late and times their mean"
                  .formatted(traffics)
              : "");
    }
    int width = policies.stream().mapToInt(each -> shown(each).length()).max().orElse(6);
    out.format(
        "%-" + width + "s %8s %7s %10s %10s %8s %8s %8s %8s %6s %9s %9s\n",
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
    out.format(
        "%-" + width + "s %8.3f %7.3f %10.1f %10s %8s %8s %8s %8d %6d %9.0f %9.0f\n",
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
    out.format("\n");
    out.format("How far the %s engine is from the %s engine\n", other.engine(), truth.engine());
    int width = truth.policies().stream().mapToInt(each -> shown(each).length()).max().orElse(6);
    out.format("%-" + width + "s %12s %12s %12s\n", "POLICY", "LATE points", "HOURS %", "P99 %");
    for (Disagreement each : Disagreement.between(other, truth)) {
      out.format(
          "%-" + width + "s %+12.3f %+12.2f %12s\n",
          each.name(),
          each.latePoints(),
          each.replicaHoursPercent(),
          Optional.ofNullable(each.p99Percent())
              .map(percent -> String.format(Locale.ROOT, "%+.1f", percent))
              .orElse(UNKNOWN));
    }
  }

  private void hybrid(HybridResult hybrid) {
    out.format("\n");
    out.format(
        "%s: owned replicas (%s) and overflow, money%s\n",
        hybrid.traffic(),
        hybrid.type(),
        hybrid.currency().isEmpty() ? "" : " in " + hybrid.currency());
    out.format(
        "%5s %14s %12s %14s %12s %10s %12s  %s\n",
        "OWNED",
        "OWNED SHARE %",
        "OWNED MONEY",
        "OVERFLOW MONEY",
        "MONEY",
        "REJECTED",
        "COLD STARTS",
        "");
    for (Mix mix : hybrid.study().mixes()) {
      out.format(
          "%5d %14.1f %12.2f %14.2f %12.2f %10.0f %12.0f  %s\n",
          mix.owned(),
          mix.ownedSharePercent(),
          mix.ownedMoney(),
          mix.overflow().money(),
          mix.money(),
          mix.overflow().rejected(),
          mix.overflow().coldStarts(),
          word(hybrid, mix));
    }
    out.format(
        "An owned replica is cheaper than overflow from %.2f requests/s of its own on.\n",
        hybrid.study().breakEvenRequestsPerSecond());
  }

  private static String word(HybridResult hybrid, Mix mix) {
    String what =
        mix.equals(hybrid.study().overflowOnly())
            ? "overflow only"
            : mix.equals(hybrid.study().ownedOnly()) ? "owned only" : "hybrid";
    return mix.equals(hybrid.study().best()) ? what + ", the cheapest" : what;
  }
}
