// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaTransition;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodGroup.Phase;
import io.agentscale.core.hpa.PodSample;
import io.agentscale.core.hpa.Reasoning;
import io.agentscale.core.hpa.Reasoning.Combination;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.TargetSelector;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Recommends what a HorizontalPodAutoscaler would do: every step is a reconciliation of the very
 * {@link HpaController}, stabilization, rate limits and tolerance included (Kubernetes {@code
 * pkg/controller/podautoscaler}).
 *
 * <p>Demand is what its metrics measure: an External or Object metric reads the whole of it, a Pods
 * metric an equal share in each ready pod, and none in those not ready. Unknown demand is an empty
 * answer of the metrics API. As in Kubernetes, a workload scaled to 0 by hand switches it off.
 *
 * @param settings of the controller manager
 * @param spec whose metrics are all External, Object or Pods: a load says nothing of cpu or memory
 */
public record HorizontalPodAutoscaler(HpaSettings settings, HpaSpec spec)
    implements Recommender<HpaState> {
  private static final Map<String, String> LABELS = Map.of("app", "workload");
  private static final TargetSelector SELECTOR = TargetSelector.parse("app=workload");

  public HorizontalPodAutoscaler {
    for (int i = 0; i < spec.metrics().size(); i++) {
      MetricSource source = spec.metrics().get(i).source();
      switch (source) {
        case MetricSource.ExternalMetric _,
            MetricSource.ObjectMetric _,
            MetricSource.PodsMetric _ -> {}
        case MetricSource.ResourceMetric _,
            MetricSource.ContainerResourceMetric _,
            MetricSource.UnknownMetric _ ->
            throw new IllegalArgumentException(
                "metrics[%d]: must be External, Object or Pods, was: %s"
                    .formatted(i, source.type()));
      }
    }
  }

  @Override
  public HpaState initialState() {
    return HpaState.INITIAL;
  }

  @Override
  public Recommendation<HpaState> recommend(HpaState state, Load load, Instant now) {
    HpaTransition transition =
        new HpaController(settings).decide(spec, state, observation(load, now), now);
    int replicas = transition.decision().replicas().orElse(load.replicas());
    return new Recommendation<>(
        replicas, transition.state(), reason(transition.decision().reasoning()));
  }

  private Observation observation(Load load, Instant now) {
    List<PodGroup> pods = new ArrayList<>(2);
    if (load.readyReplicas() > 0) {
      pods.add(PodGroup.running(load.readyReplicas(), LABELS, Instant.EPOCH, List.of()));
    }
    int starting = load.replicas() - load.readyReplicas();
    if (starting > 0) {
      pods.add(pending(starting));
    }
    List<MetricReading> readings = new ArrayList<>(spec.metrics().size());
    for (MetricSpec metric : spec.metrics()) {
      readings.add(reading(metric.source(), load, now));
    }
    return new Observation(
        new ScaleReading.Scale(load.replicas(), load.replicas(), SELECTOR), pods, readings);
  }

  private static PodGroup pending(int count) {
    return new PodGroup(
        "starting",
        count,
        LABELS,
        Phase.PENDING,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  private static MetricReading reading(MetricSource source, Load load, Instant now) {
    OptionalDouble demand = load.demand();
    if (demand.isEmpty()) {
      return MetricReading.Empty.ANSWER;
    }
    if (!(source instanceof MetricSource.PodsMetric)) {
      return new MetricReading.Series(List.of(Quantity.of(demand.getAsDouble())));
    }
    if (load.readyReplicas() == 0) {
      return MetricReading.Empty.ANSWER;
    }
    long share = Quantity.of(demand.getAsDouble() / load.readyReplicas()).milli();
    PodSample ready = new PodSample.Value(share, now, Duration.ofSeconds(30));
    return new MetricReading.PodSamples(
        load.replicas() > load.readyReplicas()
            ? List.of(ready, PodSample.Missing.SAMPLE)
            : List.of(ready),
        Map.of());
  }

  private static String reason(Reasoning reasoning) {
    return switch (reasoning) {
      case Reasoning.ScaleUnreadable(String error) -> error;
      case Reasoning.Disabled() -> "scaled to 0 by hand, which switches the HPA off";
      case Reasoning.OutOfBounds(boolean above, int bound) ->
          (above ? "above maxReplicas " : "below minReplicas ") + bound;
      case Reasoning.SelectorUnusable(String error, _) -> error;
      case Reasoning.Evaluated evaluated -> reason(evaluated);
    };
  }

  private static String reason(Reasoning.Evaluated evaluated) {
    return switch (evaluated.combined()) {
      case Combination.Refused(String error) -> error;
      case Combination.Largest(int replicas, String winner) ->
          winner
              + " asks for "
              + replicas
              + evaluated
                  .normalization()
                  .map(n -> "; " + n.stabilization().message() + "; " + n.limit().message())
                  .orElse("");
    };
  }
}
