// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

import io.agentscale.simulations.cost.Overflow.Serverless;
import io.agentscale.simulations.cost.Overflow.TokenApi;
import java.util.Arrays;

/** Adds up what overflow costs, stretch by stretch of a steady rate. */
final class OverflowMeter {
  private final Overflow overflow;
  private double requests;
  private double rejected;
  private double waited;
  private double coldStarts;
  private double billedSeconds;
  private double now;
  // By worker, the first being needed the most: since when it is idle, NaN while busy.
  private double[] idleSince = new double[0];
  private int busy;

  OverflowMeter(Overflow overflow) {
    this.overflow = overflow;
  }

  /** Adds a stretch of a steady rate, which may be 0. */
  void add(double requestsPerSecond, double seconds) {
    requests += requestsPerSecond * seconds;
    if (overflow instanceof Serverless serverless) {
      serve(serverless, requestsPerSecond, seconds);
    }
    now += seconds;
  }

  private void serve(Serverless platform, double rate, double seconds) {
    double load = rate * platform.secondsPerRequest() / platform.concurrency();
    int wanted = (int) Math.min(Math.ceil(load - 1e-9), platform.mostWorkers());
    if (load > wanted) {
      rejected += (load - wanted) / load * rate * seconds;
    }
    stop(wanted);
    if (load > 0 && load < 1) {
      sparse(platform, rate, seconds);
      return;
    }
    int started = start(platform, wanted);
    if (started > 0) {
      double coldFor = Math.min(platform.coldStart().meanSeconds(), seconds);
      waited += rate * coldFor * started / wanted;
    }
    billedSeconds += (platform.idleIsBilled() ? wanted : Math.min(load, wanted)) * seconds;
  }

  /** Workers no longer needed become idle. */
  private void stop(int wanted) {
    for (int worker = wanted; worker < busy; worker++) {
      idleSince[worker] = now;
    }
    busy = Math.min(busy, wanted);
  }

  private int start(Serverless platform, int wanted) {
    if (wanted > idleSince.length) {
      int from = idleSince.length;
      idleSince = Arrays.copyOf(idleSince, Math.max(wanted, 2 * from));
      Arrays.fill(idleSince, from, idleSince.length, Double.NEGATIVE_INFINITY);
    }
    int started = 0;
    for (int worker = busy; worker < wanted; worker++) {
      started += wake(platform, worker) ? 1 : 0;
    }
    busy = Math.max(busy, wanted);
    return started;
  }

  /** Bills a worker's idle time until it is needed again; tells whether it had stopped by then. */
  private boolean wake(Serverless platform, int worker) {
    double idle = now - idleSince[worker];
    double timeout = platform.idleTimeout().toMillis() / 1000.0;
    boolean cold = idle > timeout;
    if (idleSince[worker] > Double.NEGATIVE_INFINITY && platform.idleIsBilled()) {
      billedSeconds += Math.min(idle, timeout);
    }
    if (cold) {
      coldStart(platform, 1);
    }
    return cold;
  }

  private void coldStart(Serverless platform, double count) {
    coldStarts += count;
    double unit = platform.billingUnit().toMillis() / 1000.0;
    billedSeconds += count * (platform.coldStart().meanSeconds() + unit / 2);
  }

  /**
   * One worker now and then: a request finds it warm if another came within the timeout before,
   * arrivals being random.
   */
  private void sparse(Serverless platform, double rate, double seconds) {
    double timeout = platform.idleTimeout().toMillis() / 1000.0;
    double cold = rate * seconds * Math.exp(-rate * timeout);
    coldStart(platform, cold);
    waited += cold;
    double warm = -Math.expm1(-rate * (timeout + platform.secondsPerRequest()));
    billedSeconds +=
        platform.idleIsBilled()
            ? warm * seconds
            : rate * seconds * platform.secondsPerRequest() / platform.concurrency();
    // Whatever ran before has been accounted for by the formula.
    busy = 0;
    if (idleSince.length > 0) {
      idleSince[0] = Double.NEGATIVE_INFINITY;
    }
  }

  /** Ends the account: workers stay idle for their timeout. */
  OverflowCost end() {
    if (overflow instanceof Serverless platform && platform.idleIsBilled()) {
      double timeout = platform.idleTimeout().toMillis() / 1000.0;
      stop(0);
      for (double since : idleSince) {
        billedSeconds += since > Double.NEGATIVE_INFINITY ? Math.min(timeout, now - since) : 0;
      }
    }
    double money =
        switch (overflow) {
          case TokenApi api -> requests * api.tokensPerRequest() / 1000 * api.perThousandTokens();
          case Serverless platform -> billedSeconds * platform.perWorkerSecond();
        };
    return new OverflowCost(money, requests, rejected, waited, coldStarts);
  }
}
