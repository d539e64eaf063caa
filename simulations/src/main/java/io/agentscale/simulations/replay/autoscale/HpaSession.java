// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaDecision;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaTransition;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricReading.Series;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.hpa.PodSample;
import io.agentscale.core.hpa.Reasoning;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.TargetSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.replay.cluster.Misses.Kind;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.workload.PodModel.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An HPA's memory during a replay, and what it reads from the cluster. */
final class HpaSession implements Session {
  private static final TargetSelector SELECTOR = TargetSelector.parse(SimulatedPods.SELECTOR);

  private final HpaController controller;
  private final HpaSpec spec;
  private final ObservationLog log;
  private final Signal[] signals;
  private final double cores;
  private final Memory memory;
  private final Duration window;
  private HpaState state = HpaState.INITIAL;
  private @Nullable HpaDecision last;

  HpaSession(
      HpaSpec spec,
      HpaSettings settings,
      Signals names,
      SessionContext context,
      boolean behindPolicy,
      ObservationLog log) {
    this.spec = spec;
    this.log = log;
    controller = new HpaController(settings);
    cores = context.pod().cores();
    memory = context.pod().memory();
    window = context.cluster().metrics().rateWindow();
    signals = new Signal[spec.metrics().size()];
    for (int i = 0; i < signals.length; i++) {
      signals[i] = signal(spec.metrics().get(i).source(), names);
      if (signals[i] == Signal.SERVED_DEMAND && !behindPolicy) {
        throw new IllegalArgumentException(
            "metrics[%d]: must be one that is measured, was %s, which only a policy serves"
                .formatted(i, Signals.SERVED_METRIC));
      }
    }
  }

  /** Resources have no signal of their own; RUNS stands for none. */
  private static Signal signal(MetricSource source, Signals names) {
    return switch (source) {
      case MetricSource.PodsMetric pods -> names.of(pods.metric().name());
      case MetricSource.ObjectMetric object -> names.of(object.metric().name());
      case MetricSource.ExternalMetric external -> names.of(external.metric().name());
      case MetricSource.ResourceMetric resource -> requireKnown(resource.resource());
      case MetricSource.ContainerResourceMetric resource -> requireKnown(resource.resource());
      case MetricSource.UnknownMetric unknown ->
          throw new IllegalArgumentException(
              "metric type: must be one of autoscaling/v2, was: " + unknown.type());
    };
  }

  private static Signal requireKnown(String resource) {
    if (!resource.equals("cpu") && !resource.equals("memory")) {
      throw new IllegalArgumentException(
          "resource: must be cpu or memory, which pods are simulated with, was: " + resource);
    }
    return Signal.RUNS;
  }

  @Override
  public int decide(ClusterView view) {
    return decide(view, spec, _ -> MetricReading.Empty.ANSWER);
  }

  /**
   * Decides by a spec whose metrics are this session's.
   *
   * @param served reads the metric of a place in the spec that is not measured but served
   */
  int decide(ClusterView view, HpaSpec by, IntFunction<MetricReading> served) {
    List<PodGroup> pods = view.pods();
    Optional<LoadSample> load = view.load();
    List<MetricReading> readings = new ArrayList<>(signals.length);
    for (int i = 0; i < signals.length; i++) {
      readings.add(
          signals[i] == Signal.SERVED_DEMAND
              ? served.apply(i)
              : load.isPresent()
                  ? reading(by.metrics().get(i), signals[i], load.get(), pods, view)
                  : MetricReading.Empty.ANSWER);
    }
    var scale = new ScaleReading.Scale(view.replicas(), view.statusReplicas(), SELECTOR);
    return decide(by, new Observation(scale, pods, readings), view.now());
  }

  /** Decides by what was observed, here or elsewhere. */
  int decide(HpaSpec by, Observation observation, Instant now) {
    HpaTransition transition = controller.decide(by, state, observation, now);
    state = transition.state();
    last = transition.decision();
    int present =
        observation.scale() instanceof ScaleReading.Scale scale ? scale.specReplicas() : 0;
    int replicas = transition.decision().replicas().orElse(present);
    log.observed(now, observation, replicas);
    return replicas;
  }

  @Override
  public void restart(Controller controller, double seconds) {
    if (controller == Controller.HPA) {
      state = HpaState.afterRestart(state.status());
    }
  }

  static MetricReading served(Optional<Quantity> demand) {
    return demand.isPresent() ? new Series(List.of(demand.get())) : MetricReading.Empty.ANSWER;
  }

  private MetricReading reading(
      MetricSpec metric, Signal signal, LoadSample load, List<PodGroup> pods, ClusterView view) {
    Instant at = view.at(load.atSeconds());
    return switch (metric.source()) {
      case MetricSource.ResourceMetric resource ->
          samples(view, at, pods, Kind.RATE, usage(resource.resource(), load, at));
      case MetricSource.ContainerResourceMetric resource ->
          samples(
              view,
              at,
              pods,
              Kind.RATE,
              ofContainer(resource.container(), resource.resource(), load, at));
      case MetricSource.PodsMetric _ -> podsReading(signal, load, pods, at, view);
      case MetricSource.ObjectMetric _ -> series(load.of(signal));
      case MetricSource.ExternalMetric _ -> series(load.of(signal));
      case MetricSource.UnknownMetric _ -> MetricReading.Empty.ANSWER;
    };
  }

  private MetricReading podsReading(
      Signal signal, LoadSample load, List<PodGroup> pods, Instant at, ClusterView view) {
    double share = load.perPod(signal);
    if (Double.isNaN(share)) {
      return MetricReading.Empty.ANSWER;
    }
    long milli = Quantity.of(share).milli();
    return samples(view, at, pods, signal.kind(), new PodSample.Value(milli, at, window));
  }

  private static MetricReading series(double value) {
    return Double.isNaN(value)
        ? MetricReading.Empty.ANSWER
        : new Series(List.of(Quantity.of(value)));
  }

  private PodSample usage(String resource, LoadSample load, Instant at) {
    double units = units(resource, load);
    return Double.isNaN(units)
        ? PodSample.Missing.SAMPLE
        : new PodSample.Value(Quantity.of(units).milli(), at, window);
  }

  private PodSample ofContainer(String container, String resource, LoadSample load, Instant at) {
    double units = units(resource, load);
    return Double.isNaN(units)
        ? PodSample.Missing.SAMPLE
        : new PodSample.ByContainer(Map.of(container, Optional.of(Quantity.of(units))), at, window);
  }

  private double units(String resource, LoadSample load) {
    if (load.readyPods() == 0) {
      return Double.NaN;
    }
    if (resource.equals("cpu")) {
      return Math.min(load.busyCoresPerPod(), cores);
    }
    double runs = load.runs() / load.readyPods();
    return SimulatedPods.MEMORY_UNITS * (memory.idleShare() + memory.sharePerRun() * runs);
  }

  /** The pods ready at the scrape, and not missed, have the sample; others are missing from it. */
  private static MetricReading samples(
      ClusterView view, Instant at, List<PodGroup> pods, Kind kind, PodSample sample) {
    if (sample == PodSample.Missing.SAMPLE) {
      return MetricReading.Empty.ANSWER;
    }
    List<PodSample> listed = new ArrayList<>(pods.size());
    for (int i = 0; i < pods.size(); i++) {
      boolean has = SimulatedPods.wasReady(pods.get(i), at) && view.isSampled(i, kind);
      listed.add(has ? sample : PodSample.Missing.SAMPLE);
    }
    return new PodSamples(listed, Map.of());
  }

  @Override
  public boolean readsLatency() {
    return List.of(signals).contains(Signal.LATENCY_P99_SECONDS);
  }

  @Override
  public String reason() {
    HpaDecision decision = last;
    if (decision == null) {
      return "";
    }
    return switch (decision.reasoning()) {
      case Reasoning.ScaleUnreadable(String error) -> error;
      case Reasoning.Disabled() -> "scaled to 0, which switches the HPA off";
      case Reasoning.OutOfBounds(boolean above, int bound) ->
          (above ? "above maxReplicas " : "below minReplicas ") + bound;
      case Reasoning.SelectorUnusable(String error, _) -> error;
      case Reasoning.Evaluated evaluated -> reason(evaluated);
    };
  }

  private static String reason(Reasoning.Evaluated evaluated) {
    return switch (evaluated.combined()) {
      case Reasoning.Combination.Refused(String error) -> error;
      case Reasoning.Combination.Largest(int replicas, String winner) ->
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
