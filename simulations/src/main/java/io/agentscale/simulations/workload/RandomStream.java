// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.SplittableRandom;

/**
 * A stream of random numbers: xoshiro256++ (Blackman and Vigna, 2019).
 *
 * <p>One seed gives any number of streams that do not depend on each other, so that drawing more
 * from one, say for start-up times, leaves the arrivals as they were.
 */
public final class RandomStream {
  private static final double UNIT = 0x1.0p-53;

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  public RandomStream(long seed, int stream) {
    var seeds = new SplittableRandom(seed);
    for (int i = 0; i < stream; i++) {
      seeds.nextLong();
    }
    var own = new SplittableRandom(seeds.nextLong());
    s0 = own.nextLong();
    s1 = own.nextLong();
    s2 = own.nextLong();
    s3 = own.nextLong() | 1;
  }

  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long shifted = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** Returns a number from 0 up to, not including, 1. */
  public double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** Returns a whole number from 0 up to, not including, {@code bound}. */
  public int nextInt(int bound) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
  }
}
