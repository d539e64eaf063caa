// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.List;

/** How long something takes: a distribution over seconds, none below 0. */
public sealed interface Distribution {

  double meanSeconds();

  /**
   * Returns the time not exceeded with a probability.
   *
   * @param p above 0 and below 1
   */
  double quantileSeconds(double p);

  /** Always the same. */
  record Constant(double seconds) implements Distribution {
    public Constant {
      requireAtLeastZero("seconds", seconds);
    }

    @Override
    public double meanSeconds() {
      return seconds;
    }

    @Override
    public double quantileSeconds(double p) {
      return seconds;
    }
  }

  /** Each time between two ends alike. */
  record Uniform(double leastSeconds, double mostSeconds) implements Distribution {
    public Uniform {
      requireAtLeastZero("leastSeconds", leastSeconds);
      if (!(mostSeconds >= leastSeconds && Double.isFinite(mostSeconds))) {
        throw new IllegalArgumentException(
            "mostSeconds: must be at least leastSeconds " + leastSeconds + ", was: " + mostSeconds);
      }
    }

    @Override
    public double meanSeconds() {
      return (leastSeconds + mostSeconds) / 2;
    }

    @Override
    public double quantileSeconds(double p) {
      return leastSeconds + p * (mostSeconds - leastSeconds);
    }
  }

  /** Without memory; what queueing formulas assume. */
  record Exponential(double meanSeconds) implements Distribution {
    public Exponential {
      requireAtLeastZero("meanSeconds", meanSeconds);
    }

    @Override
    public double quantileSeconds(double p) {
      return -meanSeconds * Math.log1p(-p);
    }
  }

  /**
   * Many factors multiplied.
   *
   * @param meanSeconds of the times, not of their logarithms
   * @param sigma the standard deviation of the logarithm
   */
  record Lognormal(double meanSeconds, double sigma) implements Distribution {
    public Lognormal {
      requireAtLeastZero("meanSeconds", meanSeconds);
      if (!(sigma >= 0 && sigma <= 5)) {
        throw new IllegalArgumentException("sigma: must be from 0 to 5, was: " + sigma);
      }
    }

    @Override
    public double quantileSeconds(double p) {
      return meanSeconds * Math.exp(sigma * Normal.quantile(p) - sigma * sigma / 2);
    }
  }

  /**
   * Measured times, each as likely, with straight lines between them.
   *
   * @param seconds at least one; kept in ascending order
   */
  record Empirical(List<Double> seconds) implements Distribution {
    public Empirical {
      if (seconds.isEmpty()) {
        throw new IllegalArgumentException("seconds: must not be empty");
      }
      seconds.forEach(value -> requireAtLeastZero("seconds", value));
      seconds = seconds.stream().sorted().toList();
    }

    @Override
    public double meanSeconds() {
      // Of the lines, not of the points: the mean of what is drawn.
      int last = seconds.size() - 1;
      double sum = 0;
      for (int i = 0; i < last; i++) {
        sum += (seconds.get(i) + seconds.get(i + 1)) / 2;
      }
      return last == 0 ? seconds.getFirst() : sum / last;
    }

    @Override
    public double quantileSeconds(double p) {
      double position = p * (seconds.size() - 1);
      int below = Math.min((int) position, seconds.size() - 1);
      int above = Math.min(below + 1, seconds.size() - 1);
      double low = seconds.get(below);
      return low + (position - below) * (seconds.get(above) - low);
    }
  }

  private static void requireAtLeastZero(String name, double seconds) {
    if (!(seconds >= 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException(name + ": must be at least 0, was: " + seconds);
    }
  }
}
