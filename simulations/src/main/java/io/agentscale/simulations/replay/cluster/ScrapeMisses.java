// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.workload.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which pods the scrapes of one replay miss.
 *
 * <p>Whether a scrape misses a pod is drawn from the seed, the pod's number and the scrape's, and
 * so is the same whatever else is drawn and whichever engine replays. As in Prometheus a missed
 * scrape ends a series at once: a gauge has no value until a scrape within its window gets one, and
 * a rate none until two scrapes within its window do. A new pod has not been missed before.
 */
public final class ScrapeMisses {
  private static final int STREAM = 3;
  // Odd, so that no two pods and scrapes of a replay share a draw.
  private static final long PER_POD = 0xD1342543DE82EF95L;
  private static final long PER_SCRAPE = 0xAF251AF3B0F025B5L;

  private final Fleet fleet;
  private final double share;
  private final long seed;
  private final long gaugeWindow;
  private final long rateWindow;
  private final int rateNeeds;
  // By pod: whether it was missed, a bit a scrape, and whom that was noted of.
  private long[] missed = new long[0];
  private long[] numbers = new long[0];

  public ScrapeMisses(MetricsLag lag, Fleet fleet, long seed) {
    this.fleet = fleet;
    this.seed = new RandomStream(seed, STREAM).nextLong();
    share = lag.missingPods();
    gaugeWindow = bits(lag.gaugeScrapes());
    rateWindow = bits(lag.windowScrapes());
    rateNeeds = Math.min(2, lag.windowScrapes());
  }

  /** Returns that many of the lowest bits, of which there are 64: further back nobody looks. */
  private static long bits(int scrapes) {
    return scrapes >= Long.SIZE ? -1L : (1L << scrapes) - 1;
  }

  /** Makes a scrape, and returns of whom there is no sample after it. */
  public Misses scrape(long scrape) {
    if (share == 0) {
      return Misses.NONE;
    }
    makeRoom();
    Set<Long> gauges = new HashSet<>();
    Set<Long> rates = new HashSet<>();
    for (int pod = 0; pod < fleet.bound(); pod++) {
      if (fleet.state(pod) == PodState.SERVING) {
        long number = fleet.number(pod);
        long before = numbers[pod] == number ? missed[pod] : 0;
        numbers[pod] = number;
        missed[pod] = before << 1 | (isMissed(number, scrape) ? 1 : 0);
        if ((~missed[pod] & gaugeWindow) == 0) {
          gauges.add(number);
        }
        if (Long.bitCount(~missed[pod] & rateWindow) < rateNeeds) {
          rates.add(number);
        }
      }
    }
    return new Misses(gauges, rates);
  }

  private void makeRoom() {
    if (fleet.bound() > missed.length) {
      int from = missed.length;
      missed = Arrays.copyOf(missed, 2 * fleet.bound());
      numbers = Arrays.copyOf(numbers, missed.length);
      Arrays.fill(numbers, from, numbers.length, -1);
    }
  }

  private boolean isMissed(long pod, long scrape) {
    return new SplittableRandom(seed + pod * PER_POD + scrape * PER_SCRAPE).nextDouble() < share;
  }
}
