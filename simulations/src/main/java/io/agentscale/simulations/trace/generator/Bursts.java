// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Quiet times and bursts in turn, a Markov-modulated Poisson process of two states (MMPP-2).
 *
 * <p>Each stay in a state is exponential with that state's mean; the first state is drawn from the
 * long-run shares. The mean rate is {@code (quiet quietMean + burst burstMean) / (quietMean +
 * burstMean)}. What comes out is the rate; arrivals at that rate are Poisson where the replay draws
 * them.
 *
 * @param quiet requests per second between bursts
 * @param burst requests per second in a burst
 * @param quietMean the mean time between bursts
 * @param burstMean the mean length of a burst
 */
public record Bursts(double quiet, double burst, Duration quietMean, Duration burstMean)
    implements Generator {
  public Bursts {
    Requirement.rate("quiet", quiet);
    Requirement.rate("burst", burst);
    Requirement.positive("quietMean", quietMean);
    Requirement.positive("burstMean", burstMean);
  }

  @Override
  public Course begin(Instant start, long seed) {
    return new Chain(this, new SplittableRandom(seed));
  }

  private static final class Chain implements Course {
    private final Bursts bursts;
    private final SplittableRandom random;
    private boolean isBurst;
    private double endSeconds;

    Chain(Bursts bursts, SplittableRandom random) {
      this.bursts = bursts;
      this.random = random;
      double burstSeconds = Requirement.seconds(bursts.burstMean);
      double share = burstSeconds / (burstSeconds + Requirement.seconds(bursts.quietMean));
      this.isBurst = random.nextDouble() < share;
      this.endSeconds = stay();
    }

    private double stay() {
      Duration mean = isBurst ? bursts.burstMean : bursts.quietMean;
      return random.nextExponential() * Requirement.seconds(mean);
    }

    @Override
    public double mean(double fromSeconds, double toSeconds) {
      double requests = 0;
      double reached = fromSeconds;
      while (endSeconds < toSeconds) {
        requests += rate() * (endSeconds - reached);
        reached = endSeconds;
        isBurst = !isBurst;
        endSeconds += stay();
      }
      requests += rate() * (toSeconds - reached);
      return requests / (toSeconds - fromSeconds);
    }

    private double rate() {
      return isBurst ? bursts.burst : bursts.quiet;
    }
  }
}
