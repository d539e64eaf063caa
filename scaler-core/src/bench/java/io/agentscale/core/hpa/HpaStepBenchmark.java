// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one reconciliation costs, with full histories, on pods by the group or one by one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HpaStepBenchmark {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int STEP_SECONDS = 15;
  private static final int PODS = 30;

  @Param({"1", "30"})
  public int groups = 1;

  private final HpaController controller = new HpaController(HpaSettings.DEFAULT);
  private final HpaSpec spec =
      new HpaSpec(
          "default",
          "hpa",
          new ScaleTarget("apps/v1", "Deployment", "web"),
          1,
          100,
          List.of(new MetricSpec(new ResourceMetric("cpu"), MetricTarget.averageUtilization(50))),
          Optional.of(Behavior.DEFAULT));
  private HpaState state = HpaState.INITIAL;
  private Instant now = START;
  private List<PodGroup> pods = List.of();
  private int count;

  @Setup(Level.Iteration)
  public void start() {
    state = HpaState.INITIAL;
    now = START;
    pods = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      pods.add(
          PodGroup.running(
              PODS / groups,
              Map.of("app", "web"),
              START.minusSeconds(3600),
              List.of(new Container("app", Map.of("cpu", Quantity.of(1)), false))));
    }
  }

  @Benchmark
  public HpaDecision decide() {
    count++;
    now = now.plusSeconds(STEP_SECONDS);
    var sample = new PodSample.Value(400 + count % 200, now, Duration.ofSeconds(30));
    var observation =
        new Observation(
            new ScaleReading.Scale(PODS, PODS, SELECTOR),
            pods,
            List.of(PodSamples.uniform(groups, sample)));
    HpaTransition transition = controller.decide(spec, state, observation, now);
    state = transition.state();
    return transition.decision();
  }

  private static final TargetSelector SELECTOR = TargetSelector.parse("app=web");
}
