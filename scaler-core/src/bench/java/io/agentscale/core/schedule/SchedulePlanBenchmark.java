// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cost of asking five schedules what holds, as the live loop and the simulator do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchedulePlanBenchmark {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SchedulePlan plan =
      new SchedulePlan(
          new Baseline(2, 40),
          List.of(
              schedule("workday", "0 9 * * MON-FRI", "9h", Target.range(10, 30)),
              schedule("night", "0 22 * * *", "8h", Target.ceiling(4)),
              schedule("hourly", "0 * * * *", "10m", Target.floor(6)),
              schedule("weekend", "0 0 * * SAT,SUN", "24h", Target.floor(3)),
              schedule("month-end", "0 12 28-31 * *", "6h", Target.floor(20))),
          Map.of());
  private Instant now = START;

  /** Steps of 15 seconds, the working out of each new week included. */
  @Benchmark
  public ScheduledBounds forward() {
    now = now.plusSeconds(15);
    return plan.at(now);
  }

  /** The worst case: every question is about another week. */
  @Benchmark
  public ScheduledBounds anotherWeekEachTime() {
    now = now.plusSeconds(8 * 86_400);
    if (now.getEpochSecond() > 4_000_000_000L) {
      now = START;
    }
    return plan.at(now);
  }

  @Benchmark
  public List<Transition> nextTransitions() {
    return plan.nextTransitions(10, START);
  }

  private static Schedule schedule(String name, String cron, String duration, Target target) {
    return new Schedule(
        name,
        ZoneId.of("Europe/Berlin"),
        new Start.Recurring(Cron.parse(cron)),
        new End.After(Spans.parse(duration)),
        target,
        Duration.ofMinutes(10),
        List.of(
            new Exclusion.Days(
                START.atZone(ZoneId.of("UTC")).toLocalDate(),
                START.atZone(ZoneId.of("UTC")).toLocalDate())));
  }
}
