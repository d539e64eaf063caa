// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Instant;

/** Makes a rate for every moment; what is random about it depends on the seed alone. */
@FunctionalInterface
public interface Generator {
  /** Begins one course of the rate. */
  Course begin(Instant start, long seed);

  /** The rate as time goes forward. */
  @FunctionalInterface
  interface Course {
    /**
     * Returns the requests per second over a time that begins where the one before ended.
     *
     * @param fromSeconds since the start
     * @param toSeconds since the start
     */
    double mean(double fromSeconds, double toSeconds);
  }

  /** A rate that is a function of time since the start; a step has that of its middle. */
  interface Curve extends Generator {
    /** Returns the requests per second at a time since the start. */
    double at(double seconds);

    @Override
    default Course begin(Instant start, long seed) {
      return (from, to) -> at((from + to) / 2);
    }
  }

  /** A rate that is a function of the time of the week, in UTC; a step has that of its middle. */
  interface Clock extends Generator {
    /** Days from Thursday, 1 January 1970, to a Monday. */
    int MONDAY = 4;

    int DAY_SECONDS = 86_400;

    /**
     * Returns the requests per second.
     *
     * @param weekday 0 is Monday
     * @param hour of the day, from 0 to 24 with its fraction
     */
    double at(int weekday, double hour);

    @Override
    default Course begin(Instant start, long seed) {
      double first = start.toEpochMilli() / 1e3;
      return (from, to) -> {
        double now = first + (from + to) / 2;
        double day = Math.floor(now / DAY_SECONDS);
        return at(Math.floorMod((long) day - MONDAY, 7), (now - day * DAY_SECONDS) / 3600);
      };
    }
  }
}
