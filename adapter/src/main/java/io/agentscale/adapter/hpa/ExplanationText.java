// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.google.errorprone.annotations.FormatMethod;
import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.Condition;
import io.agentscale.core.hpa.HpaDecision;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricEvaluation;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricStatus;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.Normalization;
import io.agentscale.core.hpa.Reasoning;
import io.agentscale.core.hpa.Reasoning.Combination;
import io.agentscale.core.hpa.Workings;
import io.agentscale.core.hpa.Workings.PodCounts;
import io.agentscale.core.metric.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tells a decision to a person: why this many replicas. */
final class ExplanationText {
  private final Explanation explanation;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Explanation explanation) {
    this.explanation = explanation;
  }

  String text() {
    HpaDecision decision = explanation.transition().decision();
    HpaSpec spec = explanation.step().spec();
    int before = explanation.step().specReplicas();
    int after = decision.replicas().orElse(before);
    line(
        "%s/%s: %s",
        spec.namespace(),
        spec.name(),
        before == after ? "stays at " + before : "from " + before + " to " + after + " replicas");
    line(
        "  %s %s, bounds %d to %d, dialect %s",
        spec.target().kind(),
        spec.target().name(),
        spec.minReplicas(),
        spec.maxReplicas(),
        explanation.settings().dialect().text());
    reasoning(decision.reasoning());
    decision.error().ifPresent(error -> line("%nError: %s", error));
    conditions();
    return text.toString().stripTrailing();
  }

  @FormatMethod
  private void line(String format, Object... arguments) {
    text.append(String.format(format, arguments)).append(System.lineSeparator());
  }

  private void reasoning(Reasoning reasoning) {
    switch (reasoning) {
      case Reasoning.ScaleUnreadable unreadable ->
          line("%nThe scale could not be read, so nothing was done: %s", unreadable.error());
      case Reasoning.Disabled _ ->
          line("%nThe target was scaled to 0 by hand, which switches the HPA off.");
      case Reasoning.OutOfBounds out ->
          line(
              "%nNo metric was read: the count is %s, so it goes to %d.",
              out.above() ? "above maxReplicas" : "below minReplicas", out.bound());
      case Reasoning.SelectorUnusable unusable ->
          line("%nNo metric was read: %s", unusable.error());
      case Reasoning.Evaluated evaluated -> {
        evaluated.metrics().forEach(this::metric);
        combination(evaluated.combined());
        evaluated.normalization().ifPresent(this::normalization);
      }
    }
  }

  private void metric(MetricEvaluation evaluation) {
    switch (evaluation) {
      case MetricEvaluation.Failed failed -> {
        line("%nMetric %s: unknown", failed.metric().source().type());
        line("  error     %s", failed.error());
      }
      case MetricEvaluation.Proposed proposed -> {
        Workings workings = proposed.workings();
        line("%nMetric %s: proposes %d", proposed.name(), proposed.replicas());
        line("  current   %s", current(proposed.status().current()));
        line("  target    %s", target(proposed.metric()));
        line("  ratio     %s, tolerance %s", workings.ratio(), tolerance());
        workings.pods().ifPresent(this::pods);
        if (workings.assumedRatio().isPresent()) {
          line(
              "  assumed   ratio %s with missing and unready pods put in",
              workings.assumedRatio().getAsDouble());
        }
        line("  rule      %s%s", workings.rule().text(), product(workings));
      }
    }
  }

  private void pods(PodCounts pods) {
    line(
        "  pods      %d ready, %d unready, %d missing a sample, %d ignored, %d not listed",
        pods.ready(), pods.unready(), pods.missing(), pods.ignored(), pods.unlisted());
  }

  private static String product(Workings workings) {
    return workings.multiplier() > 0 && workings.rule() == Workings.Rule.RATIO_TIMES_PODS
        ? String.format(
            ": %s x %d", workings.assumedRatio().orElse(workings.ratio()), workings.multiplier())
        : "";
  }

  private static String current(MetricStatus.Current current) {
    List<String> parts = new ArrayList<>();
    current.averageUtilization().ifPresent(percent -> parts.add(percent + " % of the request"));
    current.averageValueMilli().ifPresent(milli -> parts.add(Quantity.ofMilli(milli) + " a pod"));
    current.valueMilli().ifPresent(milli -> parts.add(Quantity.ofMilli(milli) + " in all"));
    return String.join(", ", parts);
  }

  private static String target(MetricSpec metric) {
    MetricTarget target = metric.target();
    List<String> parts = new ArrayList<>();
    target.averageUtilization().ifPresent(percent -> parts.add(percent + " % of the request"));
    target.averageValue().ifPresent(average -> parts.add(average + " a pod"));
    target.value().ifPresent(value -> parts.add(value + " in all"));
    return String.join(", ", parts);
  }

  private String tolerance() {
    HpaSettings settings = explanation.settings();
    Optional<Behavior> behavior = explanation.step().spec().behavior();
    if (!settings.dialect().hasToleranceInterval()) {
      return String.valueOf(settings.tolerance());
    }
    OptionalDouble none = OptionalDouble.empty();
    double down =
        behavior
            .map(rules -> rules.scaleDown().tolerance())
            .orElse(none)
            .orElse(settings.tolerance());
    double up =
        behavior
            .map(rules -> rules.scaleUp().tolerance())
            .orElse(none)
            .orElse(settings.tolerance());
    return down + " down and " + up + " up";
  }

  private void combination(Combination combination) {
    switch (combination) {
      case Combination.Largest largest ->
          line("%nCombined: %d, from %s", largest.replicas(), largest.winner());
      case Combination.Refused refused ->
          line("%nCombined: unknown, so the count stays: %s", refused.error());
    }
  }

  private void normalization(Normalization normalization) {
    line(
        "Stabilized: %d (%s: %s)",
        normalization.stabilized(),
        normalization.stabilization().reason(),
        normalization.stabilization().message());
    line(
        "Limited: %d (%s: %s)",
        normalization.result(), normalization.limit().reason(), normalization.limit().message());
  }

  private void conditions() {
    line("%nConditions:");
    for (Condition condition : explanation.transition().state().status().conditions()) {
      line(
          "  %s=%s %s: %s",
          condition.type(), condition.status(), condition.reason(), condition.message());
    }
  }
}
