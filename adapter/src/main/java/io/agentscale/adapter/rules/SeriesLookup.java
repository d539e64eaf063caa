// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.rules;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.rules.query.RuleMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Finds the metric families behind a rule and the labels of theirs that name objects.
 *
 * <p>The reference lists every series ({@code /series}), which for half a million of them is a
 * hundred megabytes a minute, to learn a few hundred names. This asks for names alone:
 *
 * <ul>
 *   <li>{@code label/__name__/values?match[]=S} has exactly the families that {@code series
 *       ?match[]=S} has series of;
 *   <li>{@code labels?match[]=S} has exactly the names of those series' labels;
 *   <li>family F has a series with label L exactly if F is among {@code
 *       label/__name__/values?match[]=S,L!=""}, since an empty label is an absent one.
 * </ul>
 *
 * <p>The third is asked for those labels only that may name objects: those the rule lists, or whose
 * names its template makes a kind of. So the number of questions grows with the kinds, and the size
 * of answers with the families, never with the series. A rule of external metrics needs the first
 * only. A server that does not know these endpoints, or finds nothing by them, and every server in
 * {@link RuleMode#COMPATIBLE}, is asked for the series after all.
 */
final class SeriesLookup {
  private static final String NAME_LABEL = "__name__";

  private final GuardedPrometheus prometheus;
  private final Instant since;
  private final Instant now;

  SeriesLookup(GuardedPrometheus prometheus, Instant since, Instant now) {
    this.prometheus = prometheus;
    this.since = since;
    this.now = now;
  }

  /**
   * Returns one series for each family, with the labels that any of its series has of those that
   * may name an object; other labels may be missing.
   *
   * @param describesObjects whether labels matter at all
   * @param mayNameObject tells labels that may name an object
   */
  CompletionStage<Set<Series>> families(
      Rule.Discovery rule, boolean describesObjects, Predicate<String> mayNameObject) {
    String selector = rule.seriesQuery().strip();
    if (rule.mode() == RuleMode.COMPATIBLE) {
      return series(selector);
    }
    return names(selector)
        .thenCompose(
            names ->
                describesObjects && !names.isEmpty()
                    ? labelled(selector, names, mayNameObject)
                    : CompletableFuture.completedStage(unlabelled(names)))
        .thenCompose(
            found -> found.isEmpty() ? series(selector) : CompletableFuture.completedStage(found))
        .exceptionallyCompose(
            failure ->
                isUnknownEndpoint(failure)
                    ? series(selector)
                    : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<Set<Series>> labelled(
      String selector, List<String> names, Predicate<String> mayNameObject) {
    return prometheus
        .labelNames(List.of(selector), since, now)
        .thenCompose(
            labels ->
                labelled(
                    selector,
                    names,
                    labels.stream().filter(SeriesLookup::isPlain).filter(mayNameObject).toList(),
                    names.size() == 1 ? labels : List.of()));
  }

  private CompletionStage<Set<Series>> labelled(
      String selector, List<String> names, List<String> labels, List<String> known) {
    Map<String, Set<String>> families = new HashMap<>();
    names.forEach(name -> families.put(name, new HashSet<>(known)));
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (String label : known.isEmpty() ? labels : List.<String>of()) {
      asked.add(
          names(withLabel(selector, label))
              .thenAccept(having -> add(families, having, label))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            _ ->
                families.entrySet().stream()
                    .map(family -> named(family.getKey(), family.getValue()))
                    .collect(toUnmodifiableSet()));
  }

  /** Other labels, which Prometheus 3 allows, cannot be written in a rule's matchers. */
  private static boolean isPlain(String label) {
    return label.matches("[a-zA-Z_][a-zA-Z0-9_]*");
  }

  private static void add(Map<String, Set<String>> families, List<String> having, String label) {
    synchronized (families) {
      having.forEach(name -> families.computeIfAbsent(name, _ -> new HashSet<>()).add(label));
    }
  }

  private CompletionStage<List<String>> names(String selector) {
    return prometheus.labelValues(NAME_LABEL, List.of(selector), since, now);
  }

  /** Asks for the series themselves, whatever the names alone would tell. */
  CompletionStage<Set<Series>> series(String selector) {
    return prometheus
        .series(selector, since, now)
        .thenApply(
            found ->
                found.stream()
                    .map(labels -> named(labels.getOrDefault(NAME_LABEL, ""), labels.keySet()))
                    .collect(toUnmodifiableSet()));
  }

  /** Returns the selector with one more condition: that its series have the label. */
  static String withLabel(String selector, String label) {
    String condition = label + "!=\"\"";
    if (!selector.endsWith("}")) {
      return selector + "{" + condition + "}";
    }
    String open = selector.substring(0, selector.length() - 1).stripTrailing();
    boolean first = open.endsWith("{") || open.endsWith(",");
    return open + (first ? "" : ",") + condition + "}";
  }

  private static Set<Series> unlabelled(List<String> names) {
    return names.stream().map(name -> new Series(name, Set.of())).collect(toUnmodifiableSet());
  }

  private static Series named(String name, Set<String> labels) {
    Set<String> others = new HashSet<>(labels);
    others.remove(NAME_LABEL);
    return new Series(name, others);
  }

  private static boolean isUnknownEndpoint(Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    return cause instanceof PrometheusException known
        && switch (known.kind()) {
          case REJECTED -> known.status().orElse(0) != 401 && known.status().orElse(0) != 403;
          case GARBAGE -> true;
          case UNREACHABLE, TIMEOUT, TOO_LARGE, CONNECTION_CUT, OWN_FILE -> false;
        };
  }
}
