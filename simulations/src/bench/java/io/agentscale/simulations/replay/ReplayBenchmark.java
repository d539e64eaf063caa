// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.autoscale.ForecastPlan;
import io.agentscale.simulations.replay.autoscale.PolicyScaling;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How fast replays are: {@code simulatedSeconds} is the multiple of real time, {@code steps} the
 * ticks or events a second. The day swings between 5 and 50 requests a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReplayBenchmark {
  private static final ReplicaBounds BOUNDS = new ReplicaBounds(2, 60);

  /** Which autoscaler runs; its decisions are part of a replay's time. */
  @Param({"fixed", "hpa-cpu", "hpa-in-flight", "policy", "policy-forecast"})
  public String autoscaler = "fixed";

  private final Workload workload = Workload.of(PodPresets.agentPod());
  private final ReplaySettings settings =
      ReplaySettings.of(Goal.of(workload.flow(), new Slo.Latency(Duration.ofMillis(5100))));
  private final Cluster cluster = Cluster.of(6, new Distribution.Constant(60));
  private long seed;

  /** What JMH divides by the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Speed {
    public long simulatedSeconds;
    public long steps;
  }

  private record Days(int count) implements RateTraffic {
    @Override
    public Instant start() {
      return Instant.parse("2026-01-05T00:00:00Z");
    }

    @Override
    public Instant end() {
      return start().plus(Duration.ofDays(count));
    }

    @Override
    public Duration step() {
      return Duration.ofMinutes(1);
    }

    @Override
    public RateCursor open() {
      return new StepCursor(start().toEpochMilli(), step().toMillis()) {
        @Override
        public boolean next() {
          double rate = 50 * (0.55 - 0.45 * Math.cos(2 * Math.PI * moved() / 1440));
          return moved() < count * 1440L && known(rate);
        }
      };
    }
  }

  private Autoscaler chosen() {
    return switch (autoscaler) {
      case "fixed" -> new FixedReplicas("fixed", 16);
      case "hpa-cpu" -> Baselines.hpaOnCpu(60, BOUNDS);
      case "hpa-in-flight" -> Baselines.hpaOnInFlight(6, BOUNDS);
      case "policy" ->
          PolicyScaling.following(
              "policy", PolicySettings.reactive(Quantity.of(6L), BOUNDS), Optional.empty());
      case "policy-forecast" ->
          PolicyScaling.following(
              "policy",
              PolicySettings.reactive(Quantity.of(6L), BOUNDS).withForecast(ForecastUse.DEFAULT),
              Optional.of(
                  new ForecastPlan(
                      Signal.DEMAND, Duration.ofMinutes(1), Duration.ofMinutes(2), "configured")));
      default -> throw new IllegalArgumentException(autoscaler);
    };
  }

  private ReplayResult run(Engine engine, int days, Speed speed) {
    ReplayResult result =
        engine.run(new Days(days), workload, cluster, chosen(), seed++, TimelineListener.NONE);
    speed.simulatedSeconds += days * 86_400L;
    speed.steps += result.steps();
    return result;
  }

  @Benchmark
  public ReplayResult fluid(Speed speed) {
    return run(new FluidEngine(settings), 14, speed);
  }

  @Benchmark
  public ReplayResult event(Speed speed) {
    return run(new EventEngine(settings), 1, speed);
  }
}
