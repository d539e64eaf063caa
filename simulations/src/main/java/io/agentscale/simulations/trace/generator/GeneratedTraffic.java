// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.StepCursor;
import io.agentscale.simulations.trace.generator.Generator.Course;
import java.time.Duration;
import java.time.Instant;

/**
 * What a generator makes over a time.
 *
 * @param generator the formula
 * @param start when it begins
 * @param duration how long it goes on; the last step may end after it
 * @param step in whole milliseconds
 * @param seed of all that is random
 */
public record GeneratedTraffic(
    Generator generator, Instant start, Duration duration, Duration step, long seed)
    implements RateTraffic {
  public GeneratedTraffic {
    Requirement.positive("duration", duration);
    if (step.toMillis() < 1 || step.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("step: must be whole milliseconds, was: " + step);
    }
  }

  @Override
  public long steps() {
    return Math.ceilDiv(duration.toMillis(), step.toMillis());
  }

  @Override
  public Instant end() {
    return start.plus(step.multipliedBy(steps()));
  }

  @Override
  public RateCursor open() {
    return new Cursor(this);
  }

  private static final class Cursor extends StepCursor {
    private final Course course;
    private final double stepSeconds;
    private final long steps;

    Cursor(GeneratedTraffic traffic) {
      super(traffic.start.toEpochMilli(), traffic.step.toMillis());
      this.course = traffic.generator.begin(traffic.start, traffic.seed);
      this.stepSeconds = traffic.step.toMillis() / 1e3;
      this.steps = traffic.steps();
    }

    @Override
    public boolean next() {
      long index = moved();
      return index < steps && known(course.mean(index * stepSeconds, (index + 1) * stepSeconds));
    }
  }
}
