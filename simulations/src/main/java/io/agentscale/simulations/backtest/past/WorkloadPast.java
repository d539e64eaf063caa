// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.past;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.live.HistoryQuery;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetQuery;
import io.agentscale.adapter.preset.Source;
import io.agentscale.adapter.preset.Term;
import io.agentscale.adapter.prometheus.LabelledSeries;
import io.agentscale.core.metric.Sample;
import io.agentscale.simulations.backtest.Recording;
import io.agentscale.simulations.backtest.Replicas;
import io.agentscale.simulations.trace.InvalidTraceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The past of a policy's workload.
 *
 * @param policy whose target it is
 * @param stretch that is scored
 * @param asked by which queries, where the policy and the usual series do not say
 */
public record WorkloadPast(PolicyDefinition policy, Stretch stretch, Asked asked) {
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * What is asked for in place of the usual.
   *
   * @param history how the policy's own demand is asked for
   * @param demand in place of it
   * @param replicas in place of the usual series
   */
  public record Asked(HistoryQuery history, Optional<String> demand, Optional<String> replicas) {}

  /**
   * Returns the demand, and as much of what was before as was asked for.
   *
   * @throws InvalidTraceException if none is known in the stretch
   */
  public PastDemand demand(PastQuestions prometheus, Duration before) {
    String query = asked.demand.orElseGet(this::ownQuery);
    Recording recording =
        prometheus.recording(query, stretch.from().minus(before), stretch.to(), stretch.step());
    if (recording.from(stretch.from()).firstKnown().isEmpty()) {
      throw new InvalidTraceException(
          "no demand is known from %s to %s: %s has no series %s; pass another demand with --query"
              .formatted(stretch.from(), stretch.to(), prometheus.where(), missing(query)));
    }
    return new PastDemand(recording, source(prometheus));
  }

  private String ownQuery() {
    return asked
        .history
        .demand(policy)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "spec.scaleTargetRef.kind: must be one whose pods are known by name"
                        + " (Deployment, StatefulSet, ReplicaSet, Rollout), was: "
                        + policy.target().kind()
                        + "; pass the demand with --query"));
  }

  /** A preset's query is the same few words many times over: its series and matchers tell more. */
  private String missing(String query) {
    Optional<Preset> preset = ownPreset();
    return preset.isEmpty()
        ? "for " + query
        : "of pods %s; the preset looks for %s"
            .formatted(
                asked.history.ofPods(policy).stream()
                    .map(pods -> ReplicaSeries.matchers(pods.matchers()))
                    .collect(joining()),
                preset.get().metric().sources().stream()
                    .map(WorkloadPast::seriesOf)
                    .collect(joining(", or ")));
  }

  private Optional<Preset> ownPreset() {
    return asked.demand.isPresent() ? Optional.empty() : HistoryQuery.presetOf(policy);
  }

  /** Returns whose series were found; of a query there is no more to tell. */
  private String source(PastQuestions prometheus) {
    Optional<Preset> preset = ownPreset();
    if (preset.isEmpty()) {
      return asked.demand.isPresent() ? "--query" : policy.demand().describe();
    }
    List<String> found =
        asked.history.podsPerSource(policy).stream()
            .flatMap(query -> coarse(prometheus, query).stream())
            .map(row -> row.labels().getOrDefault(PresetQuery.SOURCE_LABEL, ""))
            .toList();
    return preset.get().metric().sources().stream()
        .filter(source -> found.contains(source.id()))
        .map(source -> "%s (%s)".formatted(source.product(), seriesOf(source)))
        .reduce((one, other) -> one + " and " + other)
        .map(sources -> "%s, found as %s".formatted(policy.demand().describe(), sources))
        .orElse(policy.demand().describe());
  }

  private static String seriesOf(Source source) {
    return source.terms().stream().map(Term::series).collect(joining(" + "));
  }

  /**
   * Returns what really ran.
   *
   * @throws InvalidTraceException if nothing is known of it
   */
  public PastReplicas replicas(PastQuestions prometheus) {
    Optional<ReplicaSeries> usual =
        ReplicaSeries.of(policy.key(), policy.target(), namespaceLabel());
    String query =
        asked
            .replicas
            .or(() -> usual.map(ReplicaSeries::ready))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "spec.scaleTargetRef.kind: the series of a %s's replicas are not known;"
                                .formatted(policy.target().kind())
                            + " pass them with --replicas-query, or go without them by"
                            + " --no-actual"));
    Recording ready = recording(prometheus, query);
    if (ready.firstKnown().isEmpty()) {
      throw new InvalidTraceException(
          ("no replicas are known from %s to %s: %s has no series for %s; if kube-state-metrics is"
                  + " scraped under other labels, pass a query with --replicas-query; --no-actual"
                  + " goes without the comparison")
              .formatted(stretch.from(), stretch.to(), prometheus.where(), query));
    }
    if (asked.replicas.isPresent()) {
      return new PastReplicas(new Replicas(ready, ready), query, "");
    }
    Recording wanted = recording(prometheus, usual.orElseThrow().asked());
    return wanted.firstKnown().isPresent()
        ? new PastReplicas(new Replicas(ready, wanted), query, "")
        : new PastReplicas(
            new Replicas(ready, ready),
            query,
            "%s is absent, so hours and changes are those of the ready replicas"
                .formatted(usual.orElseThrow().asked()));
  }

  private Recording recording(PastQuestions prometheus, String query) {
    return prometheus.recording(query, stretch.from(), stretch.to(), stretch.step());
  }

  /** Returns the bounds of the autoscaler there was, for people; empty if none is known. */
  public Optional<String> autoscaler(PastQuestions prometheus) {
    Optional<String> least = bound(prometheus, "min");
    Optional<String> most = bound(prometheus, "max");
    return least.isPresent() && most.isPresent()
        ? Optional.of("minReplicas %s, maxReplicas %s".formatted(least.get(), most.get()))
        : Optional.empty();
  }

  private Optional<String> bound(PastQuestions prometheus, String bound) {
    List<Double> values =
        coarse(
                prometheus,
                ReplicaSeries.ofAutoscaler(bound, policy.key(), policy.target(), namespaceLabel()))
            .stream()
            .flatMap(row -> row.samples().stream())
            .map(Sample::value)
            .distinct()
            .sorted()
            .toList();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    long least = Math.round(values.getFirst());
    return Optional.of(
        values.size() == 1 ? "" + least : least + " to " + Math.round(values.getLast()));
  }

  /**
   * Returns the seconds from created to Ready of the target's pods that were created in the
   * stretch; empty if kube-state-metrics tells none.
   *
   * @throws InvalidTraceException if Prometheus refuses or does not answer
   */
  public List<Double> starts(PastQuestions prometheus) {
    Duration days = DAY.multipliedBy(Duration.between(stretch.from(), stretch.to()).toDays());
    return asked.history.ofPods(policy).stream()
        .map(pods -> startQuery(pods.podLabel(), ReplicaSeries.matchers(pods.matchers())))
        .flatMap(
            query -> prometheus.series(query, stretch.to().minus(days), stretch.to(), DAY).stream())
        .flatMapToDouble(WorkloadPast::least)
        .boxed()
        .toList();
  }

  // A pod that was not Ready for a while is Ready again later: the first time counts.
  private String startQuery(String podLabel, String matchers) {
    String pod = "(" + podLabel + ", uid)";
    return "min_over_time((max by %s (kube_pod_status_ready_time%s)".formatted(pod, matchers)
        + " - (max by %s (kube_pod_created%s) >= %d))[1d:1m])"
            .formatted(pod, matchers, stretch.from().getEpochSecond());
  }

  private static DoubleStream least(LabelledSeries pod) {
    return pod.samples().stream().mapToDouble(Sample::value).min().stream();
  }

  private String namespaceLabel() {
    return asked.history.scope().namespaceLabel();
  }

  private List<LabelledSeries> coarse(PastQuestions prometheus, String query) {
    return prometheus.series(query, stretch.from(), lastStep(), stretch.coarse());
  }

  private Instant lastStep() {
    return stretch.to().minus(stretch.step());
  }
}
