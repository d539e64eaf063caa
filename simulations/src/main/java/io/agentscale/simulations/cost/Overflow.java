// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;

/** Where requests go that owned replicas do not carry. */
public sealed interface Overflow {

  /**
   * A model behind an API, paid by the token; it takes any number of requests.
   *
   * @param perThousandTokens price
   * @param tokensPerRequest input and output
   */
  record TokenApi(double perThousandTokens, double tokensPerRequest) implements Overflow {
    public TokenApi {
      requireAtLeastZero("perThousandTokens", perThousandTokens);
      requireAtLeastZero("tokensPerRequest", tokensPerRequest);
    }
  }

  /**
   * Workers of a serverless platform: started when all are busy, stopped when idle.
   *
   * @param perWorkerSecond price
   * @param billingUnit what a worker's time is rounded up to
   * @param coldStart how long a worker takes to start; billed
   * @param secondsPerRequest a worker is busy with one
   * @param concurrency requests a worker serves at once
   * @param idleTimeout how long an idle worker stays, warm
   * @param idleIsBilled whether that time is paid
   * @param mostWorkers at once; what is beyond is rejected
   */
  record Serverless(
      double perWorkerSecond,
      Duration billingUnit,
      Distribution coldStart,
      double secondsPerRequest,
      int concurrency,
      Duration idleTimeout,
      boolean idleIsBilled,
      int mostWorkers)
      implements Overflow {
    public Serverless {
      requireAtLeastZero("perWorkerSecond", perWorkerSecond);
      requireAtLeastZero("secondsPerRequest", secondsPerRequest);
      if (billingUnit.isNegative() || idleTimeout.isNegative()) {
        throw new IllegalArgumentException(
            "billingUnit, idleTimeout: must not be negative, were: %s, %s"
                .formatted(billingUnit, idleTimeout));
      }
      if (concurrency < 1 || mostWorkers < 1) {
        throw new IllegalArgumentException(
            "concurrency, mostWorkers: must be at least 1, were: %d, %d"
                .formatted(concurrency, mostWorkers));
      }
    }

    /** Returns functions billed by the millisecond, started in about a second. */
    public static Serverless functions(double perWorkerSecond, double secondsPerRequest) {
      return new Serverless(
          perWorkerSecond,
          Duration.ofMillis(1),
          new Distribution.Constant(1),
          secondsPerRequest,
          1,
          Duration.ofMinutes(5),
          false,
          Integer.MAX_VALUE);
    }

    /** Returns containers with a GPU billed by the second, started in 5 to 30 s. */
    public static Serverless containers(
        double perWorkerSecond, double secondsPerRequest, int concurrency) {
      return new Serverless(
          perWorkerSecond,
          Duration.ofSeconds(1),
          new Distribution.Uniform(5, 30),
          secondsPerRequest,
          concurrency,
          Duration.ofMinutes(5),
          true,
          Integer.MAX_VALUE);
    }

    /** Returns large models billed by the second, started in 30 to 120 s. */
    public static Serverless largeModels(
        double perWorkerSecond, double secondsPerRequest, int concurrency) {
      return containers(perWorkerSecond, secondsPerRequest, concurrency)
          .withColdStart(new Distribution.Uniform(30, 120));
    }

    public Serverless withColdStart(Distribution other) {
      return new Serverless(
          perWorkerSecond,
          billingUnit,
          other,
          secondsPerRequest,
          concurrency,
          idleTimeout,
          idleIsBilled,
          mostWorkers);
    }

    public Serverless withMostWorkers(int other) {
      return new Serverless(
          perWorkerSecond,
          billingUnit,
          coldStart,
          secondsPerRequest,
          concurrency,
          idleTimeout,
          idleIsBilled,
          other);
    }

    /** Returns what a request costs on a worker that is always busy. */
    double perRequestBusy() {
      return perWorkerSecond * secondsPerRequest / concurrency;
    }
  }

  private static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": must be at least 0, was: " + value);
    }
  }
}
