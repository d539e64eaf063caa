// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.util.List;

/**
 * The published working day of an AI recommendation service, in UTC: 40 to 80 requests/s from 0 to
 * 6 o'clock, 200 to 400 to 9, 800 to 1,200 to 18, 1,000 to 1,400 to 22, 300 to 500 to midnight.
 *
 * <p>Within its hours [a, b) the rate goes from the lower figure to the higher and back, {@code low
 * + (high - low) (1 - cos(2 pi (h - a) / (b - a))) / 2}; around each change of hours, ten minutes
 * before and after, it goes over from one level to the other along a cosine as well. The mean of
 * each block is within 2 % of the middle of its two figures, but for the first and last ten
 * minutes.
 *
 * @param factor by how much all of it is multiplied
 */
public record PublishedDay(double factor) implements Generator.Clock {
  private static final double HALF_CHANGE_HOURS = 1.0 / 6;

  private record Block(double from, double to, double low, double high) {
    double at(double hour) {
      double share = (1 - Math.cos(2 * Math.PI * (hour - from) / (to - from))) / 2;
      return low + (high - low) * share;
    }

    boolean contains(double hour) {
      return hour >= from && hour < to;
    }
  }

  private static final List<Block> DAY =
      List.of(
          new Block(0, 6, 40, 80),
          new Block(6, 9, 200, 400),
          new Block(9, 18, 800, 1200),
          new Block(18, 22, 1000, 1400),
          new Block(22, 24, 300, 500));

  public PublishedDay {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("factor: must be above 0, was: " + factor);
    }
  }

  @Override
  public double at(int weekday, double hour) {
    int index = 0;
    while (!DAY.get(index).contains(hour)) {
      index++;
    }
    Block block = DAY.get(index);
    double rate = block.at(hour);
    if (hour < block.from + HALF_CHANGE_HOURS) {
      double before = DAY.get(Math.floorMod(index - 1, DAY.size())).low;
      rate = between(before, rate, (hour - block.from) / HALF_CHANGE_HOURS);
    } else if (hour >= block.to - HALF_CHANGE_HOURS) {
      double after = DAY.get((index + 1) % DAY.size()).low;
      rate = between(after, rate, (block.to - hour) / HALF_CHANGE_HOURS);
    }
    return factor * rate;
  }

  /** At the change itself half of each, a distance of one away all of the block's own. */
  private static double between(double other, double own, double distance) {
    double share = (1 + Math.sin(Math.PI / 2 * distance)) / 2;
    return other * (1 - share) + own * share;
  }
}
