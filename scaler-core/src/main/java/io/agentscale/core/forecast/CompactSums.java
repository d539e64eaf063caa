// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * The last points of a running sum, in five bits each: the difference of two is the sum of what was
 * added between them.
 *
 * <p>Points are kept in blocks of 128. The newest block is exact. A block that is full is sealed:
 * its first point stays exact, and each further one is the one before it plus what was added,
 * rounded to one of sixteen levels between the least and the most the block adds at once. The level
 * is chosen so that the sum comes out closest, which makes up for what those before it erred by:
 * errors do not add up.
 *
 * <p>The error of a sealed point is at most {@code (hi - lo) / 28}, where {@code lo} and {@code hi}
 * are the least and the most the block adds at once, and {@code 1e-5 (|lo| + |hi|)} for rounding.
 * That of a mean of {@code n} additions is at most twice that, over {@code n}: such means are what
 * this is for, a single addition is not. Additions that are all alike err by the rounding alone.
 */
final class CompactSums {
  static final int BLOCK = 128;
  private static final int LEVELS = 16;
  private static final int BITS = 4;
  private static final int IN_WORD = Long.SIZE / BITS;
  private static final int WORDS = BLOCK / IN_WORD;

  private final double[] starts;
  private final float[] least;
  private final float[] grains;
  private final long[] levels;
  private final double[] newest = new double[BLOCK];
  private long size;
  // The block the ring's first place holds; finding a place is a subtraction and not a division.
  private long lap;

  /** Holds at least the last {@code room} points. */
  CompactSums(int room) {
    // The oldest block is being overwritten by the newest.
    int blocks = (room + BLOCK - 1) / BLOCK + 1;
    starts = new double[blocks];
    least = new float[blocks];
    grains = new float[blocks];
    levels = new long[blocks * WORDS];
  }

  void append(double sum) {
    int i = (int) (size % BLOCK);
    if (i == 0) {
      if (size > 0) {
        seal(slot(size / BLOCK - 1));
      }
      if (size / BLOCK - lap == starts.length) {
        lap = size / BLOCK;
      }
      starts[slot(size / BLOCK)] = sum;
    }
    newest[i] = sum;
    size++;
  }

  private void seal(int slot) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < BLOCK; i++) {
      double added = newest[i] - newest[i - 1];
      lo = Math.min(lo, added);
      hi = Math.max(hi, added);
    }
    // Half a level of room at either end, for what the additions before erred by.
    float grain = (float) ((hi - lo) / (LEVELS - 2));
    float from = (float) (lo - grain / 2.0);
    grains[slot] = grain;
    least[slot] = from;
    double sum = newest[0];
    long word = 0;
    for (int i = 1; i < BLOCK; i++) {
      double wanted = newest[i] - sum - from;
      int level = grain == 0 ? 0 : Math.clamp(Math.round(wanted / grain), 0, LEVELS - 1);
      sum += from + level * (double) grain;
      word |= (long) level << (BITS * ((i - 1) % IN_WORD));
      if (i % IN_WORD == 0 || i == BLOCK - 1) {
        levels[slot * WORDS + (i - 1) / IN_WORD] = word;
        word = 0;
      }
    }
  }

  private int slot(long block) {
    int slot = (int) (block - lap);
    return slot < 0 ? slot + starts.length : slot;
  }

  /** Returns how many points were ever appended. */
  long size() {
    return size;
  }

  /** Returns point {@code i}, one of the last. */
  double at(long i) {
    long block = i / BLOCK;
    int within = (int) (i % BLOCK);
    if (block == (size - 1) / BLOCK) {
      return newest[within];
    }
    int slot = slot(block);
    int taken = taken(slot * WORDS, within);
    return starts[slot] + within * (double) least[slot] + taken * (double) grains[slot];
  }

  /** Returns what the first levels from a word on add up to. */
  private int taken(int first, int count) {
    // Eight sums of two levels from each word, side by side; from eight words they stay below 256.
    long sums = 0;
    int rest = first + count / IN_WORD;
    for (int word = first; word < rest; word++) {
      sums += pairs(levels[word]);
    }
    if (count % IN_WORD > 0) {
      sums += pairs(levels[rest] & ((1L << (BITS * (count % IN_WORD))) - 1));
    }
    long even = 0x00ff_00ff_00ff_00ffL;
    long four = (sums & even) + ((sums >>> Byte.SIZE) & even);
    return (int) ((four * 0x0001_0001_0001_0001L) >>> (Long.SIZE - Short.SIZE));
  }

  private static long pairs(long word) {
    long low = 0x0f0f_0f0f_0f0f_0f0fL;
    return (word & low) + ((word >>> BITS) & low);
  }

  void archive(Archive archive) {
    size = archive.of(size);
    lap = archive.of(lap);
    archive.of(starts);
    archive.of(least);
    archive.of(grains);
    archive.of(levels);
    archive.of(newest);
  }
}
