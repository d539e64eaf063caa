// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.util.Arrays;

/**
 * The minimal schedule of a traffic, read a little ahead of the replay: the fewest replicas that
 * meet the objective at each minute's mean rate (or each step's, where steps are longer).
 */
final class NeedSchedule implements AutoCloseable {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MinimalReplicas minimal;
  private final RateCursor cursor;
  private final double bucketSeconds;
  private final int stepsPerBucket;
  // Buckets first to end - 1, in a ring.
  private int[] needs = new int[64];
  private long first;
  private long end;
  private boolean ended;
  private double knownRate = Double.NaN;
  private int knownNeed;

  NeedSchedule(Traffic traffic, MinimalReplicas minimal) {
    this.minimal = minimal;
    RateTraffic rates =
        switch (traffic) {
          case RateTraffic series -> series;
          case RequestTraffic requests -> requests.binned(MINUTE);
        };
    long stepMillis = rates.step().toMillis();
    stepsPerBucket = (int) Math.max(1, MINUTE.toMillis() / stepMillis);
    bucketSeconds = stepsPerBucket * stepMillis / 1000.0;
    cursor = rates.open();
  }

  /** Returns the need now; times never go back. */
  int at(double now) {
    long bucket = bucket(now);
    read(bucket);
    first = Math.max(first, Math.min(bucket, end));
    return need(bucket);
  }

  /** Returns when the need may change next. */
  double nextChange(double now) {
    return ended && bucket(now) >= end
        ? Double.POSITIVE_INFINITY
        : (bucket(now) + 1) * bucketSeconds;
  }

  /** Returns the largest need from now until a later time. */
  int mostUntil(double now, double until) {
    long last = bucket(until);
    read(last);
    int most = 1;
    for (long bucket = bucket(now); bucket <= last; bucket++) {
      most = Math.max(most, need(bucket));
    }
    return most;
  }

  private long bucket(double seconds) {
    return (long) Math.floor(seconds / bucketSeconds + 1e-9);
  }

  private int need(long bucket) {
    return bucket < end ? needs[(int) (bucket % needs.length)] : 1;
  }

  private void read(long upTo) {
    while (!ended && end <= upTo) {
      if (end - first == needs.length) {
        grow();
      }
      double sum = 0;
      int steps = 0;
      while (steps < stepsPerBucket && !ended) {
        ended = !cursor.next();
        if (!ended) {
          sum += cursor.requestsPerSecond();
          steps++;
        }
      }
      if (steps > 0) {
        needs[(int) (end % needs.length)] = forRate(sum / steps);
        end++;
      }
    }
  }

  private int forRate(double rate) {
    if (rate != knownRate) {
      knownRate = rate;
      knownNeed = minimal.forRate(rate);
    }
    return knownNeed;
  }

  private void grow() {
    int[] larger = new int[2 * needs.length];
    Arrays.fill(larger, 1);
    for (long bucket = first; bucket < end; bucket++) {
      larger[(int) (bucket % larger.length)] = needs[(int) (bucket % needs.length)];
    }
    needs = larger;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
