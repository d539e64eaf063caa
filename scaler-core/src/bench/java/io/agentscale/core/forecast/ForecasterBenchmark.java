// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one sample of one series costs with two horizons and five quantiles, lessons included; what
 * one forecast costs; and what rebuilding the state from two weeks of history costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ForecasterBenchmark {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int DAYS = 14;

  @Param({"1", "10"})
  private int stepMinutes = 1;

  private Sample[] history = new Sample[0];
  private double[] values = new double[0];
  private Forecaster forecaster = fresh();
  private Forecaster asked = fresh();
  private long next;

  private Forecaster fresh() {
    return new Forecaster(
        ForecastSettings.of(Duration.ofMinutes(10), HOUR)
            .withStep(Duration.ofMinutes(stepMinutes)));
  }

  /** Fills two weeks of a noisy daily rhythm. */
  @Setup
  public void setUp() {
    int day = 1440 / stepMinutes;
    SplittableRandom random = new SplittableRandom(1);
    history = new Sample[DAYS * day];
    values = new double[history.length];
    for (int t = 0; t < history.length; t++) {
      values[t] = 100 + 50 * Math.sin(2 * Math.PI * t / day) + 10 * random.nextGaussian();
      history[t] = sample(t);
    }
    forecaster = replay();
    asked = replay();
    next = history.length;
  }

  private Sample sample(long t) {
    return new Sample(
        values[(int) (t % values.length)], Instant.ofEpochSecond(60L * stepMinutes * t));
  }

  /** Takes the next sample; the sample and its instant are the only objects made. */
  @Benchmark
  public Intake observe() {
    return forecaster.observe(sample(next++));
  }

  /** Forecasts an hour ahead with its quantiles. */
  @Benchmark
  public Forecast forecast() {
    return asked.forecast(Instant.ofEpochSecond(60L * stepMinutes * history.length), HOUR);
  }

  /** Rebuilds the state from two weeks of samples. */
  @Benchmark
  public Forecaster replay() {
    Forecaster rebuilt = fresh();
    for (Sample sample : history) {
      rebuilt.observe(sample);
    }
    return rebuilt;
  }
}
