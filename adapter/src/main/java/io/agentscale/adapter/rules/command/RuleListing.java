// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules.command;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.rules.MetricRegistry;
import io.agentscale.adapter.rules.Rule;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The series behind each discovery rule, as far as they are known.
 *
 * @param rules whose they are
 * @param findings in the order of the rules; raw rules have none
 */
record RuleListing(RuleSet rules, Map<Rule, Finding> findings) {
  /** As the running service asks. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(1);

  /** What is known of one rule's series. */
  sealed interface Finding {

    /** Prometheus has these. */
    record Listed(Set<Series> series) implements Finding {}

    /** Taken to exist, because the rule names the series and its labels. */
    record Assumed(Series series) implements Finding {}

    /** Not known without a Prometheus to ask. */
    record Unknown() implements Finding {}

    /** Prometheus did not say. */
    record Failed(String cause) implements Finding {}

    /** Returns the series that are known. */
    default Set<Series> found() {
      return switch (this) {
        case Listed(Set<Series> series) -> series;
        case Assumed(Series series) -> Set.of(series);
        case Unknown _, Failed _ -> Set.of();
      };
    }
  }

  /** Judges by what the rules say of themselves. */
  static RuleListing assumed(RuleSet rules) {
    Map<Rule, Finding> findings = new LinkedHashMap<>();
    for (Rule rule : rules.all()) {
      if (rule instanceof Rule.Discovery discovery) {
        findings.put(rule, assumed(discovery));
      }
    }
    return new RuleListing(rules, findings);
  }

  private static Finding assumed(Rule.Discovery rule) {
    SeriesSelector selector = SeriesSelector.parse(rule.seriesQuery());
    Set<String> labels = new HashSet<>(rule.resources().overrides().keySet());
    selector.labels().stream()
        .filter(SeriesSelector.Matcher::demandsLabel)
        .forEach(matcher -> labels.add(matcher.label()));
    return selector
        .literalName()
        .<Finding>map(name -> new Finding.Assumed(new Series(name, labels)))
        .orElseGet(Finding.Unknown::new);
  }

  /** Asks Prometheus for every rule; one that fails hides no other's. */
  static RuleListing asked(RuleSet rules, Map<String, RuleBackend> backends, Instant now) {
    Map<Rule, CompletionStage<Finding>> asked = new LinkedHashMap<>();
    for (Rule rule : rules.all()) {
      if (rule instanceof Rule.Discovery discovery) {
        asked.put(rule, ask(discovery, discovery.seriesQuery().strip(), backends, now));
      }
    }
    Map<Rule, Finding> findings = new LinkedHashMap<>();
    asked.forEach((rule, finding) -> findings.put(rule, finding.toCompletableFuture().join()));
    return new RuleListing(rules, findings);
  }

  /** Asks a rule's Prometheus for series; completes normally in any case. */
  static CompletionStage<Finding> ask(
      Rule rule, String selector, Map<String, RuleBackend> backends, Instant now) {
    RuleBackend backend = backends.get(rule.backend().orElse(""));
    if (backend == null) {
      return java.util.concurrent.CompletableFuture.completedStage(
          new Finding.Failed("no Prometheus is configured for it"));
    }
    return backend
        .series(selector, now.minus(LOOK_BACK), now)
        .<Finding>thenApply(Finding.Listed::new)
        .exceptionally(failure -> new Finding.Failed(cause(failure)));
  }

  private static String cause(Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    return String.valueOf(cause.getMessage());
  }

  MetricRegistry registry(ResourceMapper kinds) {
    Map<Rule, Set<Series>> series = new HashMap<>();
    findings.forEach((rule, finding) -> series.put(rule, finding.found()));
    return MetricRegistry.of(rules, series, kinds);
  }

  boolean isAssumed(Rule rule) {
    return findings.get(rule) instanceof Finding.Assumed;
  }

  /** Returns what to tell of rules whose series are not known. */
  Map<Rule, String> gaps() {
    Map<Rule, String> gaps = new LinkedHashMap<>();
    findings.forEach((rule, finding) -> gap(finding).ifPresent(gap -> gaps.put(rule, gap)));
    return gaps;
  }

  private static Optional<String> gap(Finding finding) {
    return switch (finding) {
      case Finding.Listed(Set<Series> series) ->
          series.isEmpty() ? Optional.of("its seriesQuery matches no series") : Optional.empty();
      case Finding.Assumed _ -> Optional.empty();
      case Finding.Unknown _ ->
          Optional.of("its seriesQuery names no single metric, give --prometheus-url to list it");
      case Finding.Failed(String cause) -> Optional.of("cannot be listed: " + cause);
    };
  }

  boolean failed() {
    return findings.values().stream().anyMatch(Finding.Failed.class::isInstance);
  }
}
