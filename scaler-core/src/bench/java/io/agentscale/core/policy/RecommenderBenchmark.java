// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.Seasonality;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.End;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Start;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one recommendation costs, its reason in words included, at steps of 15 seconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecommenderBenchmark {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Quantity PER_REPLICA = Quantity.of(12);
  private static final Duration LEAD = Duration.ofMinutes(10);
  private static final ReplicaBounds BOUNDS = new ReplicaBounds(2, 40);

  private final SchedulePlan plan =
      new SchedulePlan(
          new Baseline(2, 40),
          List.of(
              schedule("workday", "0 9 * * MON-FRI", Target.range(10, 30)),
              schedule("night", "0 22 * * *", Target.ceiling(20))),
          Map.of());
  private final CompositePolicy composite =
      new CompositePolicy(
          PolicySettings.of(PER_REPLICA, plan)
              .withForecast(ForecastUse.DEFAULT)
              .withHeadroom(new Headroom.Percent(10))
              .withQuota(new Quota(Quantity.of(2_000_000), Optional.of(Quantity.of(80_000)))));
  private final ScheduleOnly scheduleOnly = new ScheduleOnly(plan, PER_REPLICA);
  private final ForecastOnly forecastOnly =
      new ForecastOnly(ForecastUse.DEFAULT, PER_REPLICA, BOUNDS);
  private final StableAndPanicWindows windows = StableAndPanicWindows.withTarget(12, BOUNDS);

  private PolicyState policyState = PolicyState.INITIAL;
  private QueueStep.LastChange lastChange = QueueStep.DEFAULT.initialState();
  private ServerlessWorkers.Idle idle = ServerlessWorkers.DEFAULT.initialState();
  private StableAndPanicWindows.Windows seen = windows.initialState();
  private Instant now = START;
  private int count;

  @Setup(Level.Iteration)
  public void start() {
    policyState = PolicyState.INITIAL;
    lastChange = QueueStep.DEFAULT.initialState();
    idle = ServerlessWorkers.DEFAULT.initialState();
    seen = windows.initialState();
    now = START;
  }

  /** The decision with its whole explanation, not yet as text. */
  @Benchmark
  public PolicyDecision composite() {
    Load load = load();
    var observation =
        new PolicyObservation(
            load.replicas(),
            load.readyReplicas(),
            new LiveDemand.Known(Quantity.of(load.demand().orElse(0)), now, "bench"),
            load.foresight(),
            Optional.empty());
    PolicyDecision decision = composite.decide(policyState, observation, now);
    policyState = decision.state();
    return decision;
  }

  /** The same, its explanation rendered as tables. */
  @Benchmark
  public String compositeAsText() {
    return composite().explanation().toString();
  }

  @Benchmark
  public Recommendation<Stateless> queueRatio() {
    return QueueRatio.DEFAULT.recommend(new Stateless(), load(), now);
  }

  @Benchmark
  public Recommendation<QueueStep.LastChange> queueStep() {
    var next = QueueStep.DEFAULT.recommend(lastChange, load(), now);
    lastChange = next.state();
    return next;
  }

  @Benchmark
  public Recommendation<ServerlessWorkers.Idle> serverlessWorkers() {
    var next = ServerlessWorkers.DEFAULT.recommend(idle, load(), now);
    idle = next.state();
    return next;
  }

  @Benchmark
  public Recommendation<StableAndPanicWindows.Windows> stableAndPanicWindows() {
    var next = windows.recommend(seen, load(), now);
    seen = next.state();
    return next;
  }

  @Benchmark
  public Recommendation<Stateless> scheduleOnly() {
    return scheduleOnly.recommend(new Stateless(), load(), now);
  }

  @Benchmark
  public Recommendation<Stateless> forecastOnly() {
    return forecastOnly.recommend(new Stateless(), load(), now);
  }

  private Load load() {
    count++;
    now = now.plusSeconds(15);
    double demand = 100 + count % 100;
    return new Load(
        10,
        10,
        OptionalDouble.of(demand),
        OptionalDouble.of(count % 20),
        Optional.of(foresight(demand)));
  }

  private Foresight foresight(double demand) {
    var accuracy =
        new Accuracy(100, 1, 0, OptionalDouble.of(0.8), OptionalDouble.of(0.7), List.of());
    var forecast =
        new Forecast.Known(
            now.minus(LEAD),
            now,
            demand,
            List.of(new Forecast.Quantile(0.5, demand), new Forecast.Quantile(0.9, demand * 1.2)),
            new Forecast.Knowledge(Duration.ofDays(9), 1000, Seasonality.DAILY));
    return new Foresight(
        LEAD,
        "bench",
        new ForecastExplanation(
            LEAD, forecast, accuracy, new SkillGate.Verdict(true, "bench"), List.of()));
  }

  private static Schedule schedule(String name, String cron, Target target) {
    return new Schedule(
        name,
        ZoneId.of("Europe/Berlin"),
        new Start.Recurring(Cron.parse(cron)),
        new End.After(Duration.ofHours(9)),
        target,
        Duration.ofMinutes(10),
        List.of());
  }
}
