// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many runs arrive in the course of days that are alike and yet not the same: a quiet night, a
 * rush at nine, a break at noon, a second rush after it, and an evening. Between the given hours
 * the rate goes in straight lines; each day as a whole is a few percent busier or quieter.
 *
 * @param seed draws how busy each day is
 * @param begin a time of the first day; seen from there days are the same whatever their date
 */
record WorkDay(long seed, Instant begin) {
  private static final List<Point> POINTS =
      List.of(
          new Point(0, 0.15),
          new Point(7, 0.15),
          new Point(8.75, 0.2),
          new Point(9, 0.7),
          new Point(9.25, 1),
          new Point(11.5, 1.1),
          new Point(12.25, 0.6),
          new Point(13.25, 0.6),
          new Point(13.5, 1.1),
          new Point(16.5, 1.05),
          new Point(18, 0.5),
          new Point(20, 0.3),
          new Point(24, 0.15));
  private static final double BUSIEST = 1.1;
  private static final double DAYS_DIFFER = 0.05;
  private static final double DAYS_DIFFER_AT_MOST = 0.15;
  private static final long SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

  /** The rate at an hour of the day, UTC. */
  private record Point(double hour, double runsPerSecond) {}

  /** Returns a rate that no moment exceeds. */
  static double highestRunsPerSecond() {
    return BUSIEST * (1 + DAYS_DIFFER_AT_MOST);
  }

  /** Returns the rate at a time. */
  double runsPerSecond(Instant at) {
    double hour = Math.floorMod(at.getEpochSecond(), SECONDS_PER_DAY) / 3600.0;
    int next = 1;
    while (POINTS.get(next).hour <= hour) {
      next++;
    }
    Point from = POINTS.get(next - 1);
    Point to = POINTS.get(next);
    double passed = (hour - from.hour) / (to.hour - from.hour);
    double usual = from.runsPerSecond + passed * (to.runsPerSecond - from.runsPerSecond);
    return usual * busyness(at);
  }

  private double busyness(Instant at) {
    long day = day(at) - day(begin);
    double drawn = DAYS_DIFFER * new SplittableRandom(seed * 31 + day).nextGaussian();
    return 1 + Math.clamp(drawn, -DAYS_DIFFER_AT_MOST, DAYS_DIFFER_AT_MOST);
  }

  private static long day(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS_PER_DAY);
  }
}
