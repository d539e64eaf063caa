// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a traffic costs on owned replicas only, on overflow only, and on every mixture: of each
 * moment's rate, owned replicas take what they carry, the rest overflows.
 *
 * @param mixes from no owned replica to as many as carry the peak
 * @param breakEvenRequestsPerSecond the steady rate above which an owned replica is cheaper than
 *     sending its requests to overflow; infinite if it never is
 */
public record CostStudy(List<Mix> mixes, double breakEvenRequestsPerSecond) {
  private static final double HOUR = 3600;
  private static final int MOST_OWNED = 1000;

  public CostStudy {
    mixes = List.copyOf(mixes);
  }

  /**
   * Reads a traffic twice: for its peak, and for the money.
   *
   * @throws IllegalArgumentException if its peak needs more than 1,000 owned replicas
   */
  public static CostStudy of(Traffic traffic, Owned owned, Overflow overflow) {
    RateTraffic rates =
        switch (traffic) {
          case RateTraffic series -> series;
          case RequestTraffic requests -> requests.binned(Duration.ofSeconds(10));
        };
    int most = (int) Math.ceil(Math.min(peak(rates) / owned.requestsPerSecond(), 1e9) - 1e-9);
    if (most > MOST_OWNED) {
      throw new IllegalArgumentException(
          "owned: must carry the peak with at most %d replicas, would need %d"
              .formatted(MOST_OWNED, most));
    }
    List<OverflowMeter> meters = new ArrayList<>();
    for (int count = 0; count <= most; count++) {
      meters.add(new OverflowMeter(overflow));
    }
    double step = rates.step().toMillis() / 1000.0;
    double seconds = 0;
    double requests = 0;
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        double rate = cursor.requestsPerSecond();
        seconds += step;
        requests += rate * step;
        for (int count = 0; count <= most; count++) {
          meters.get(count).add(Math.max(0, rate - count * owned.requestsPerSecond()), step);
        }
      }
    }
    List<Mix> mixes = new ArrayList<>();
    for (int count = 0; count <= most; count++) {
      OverflowCost rest = meters.get(count).end();
      double share = requests > 0 ? 100 * (1 - rest.requests() / requests) : 0;
      mixes.add(new Mix(count, count * owned.perReplicaHour() * seconds / HOUR, rest, share));
    }
    return new CostStudy(mixes, owned.perReplicaHour() / HOUR / perRequest(overflow));
  }

  private static double peak(RateTraffic rates) {
    double peak = 0;
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        peak = Math.max(peak, cursor.requestsPerSecond());
      }
    }
    return peak;
  }

  private static double perRequest(Overflow overflow) {
    return switch (overflow) {
      case Overflow.TokenApi api -> api.tokensPerRequest() / 1000 * api.perThousandTokens();
      case Overflow.Serverless platform -> platform.perRequestBusy();
    };
  }

  /** Returns the mixture without overflow. */
  public Mix ownedOnly() {
    return mixes.getLast();
  }

  /** Returns the mixture without owned replicas. */
  public Mix overflowOnly() {
    return mixes.getFirst();
  }

  /** Returns the cheapest mixture of those that reject nothing; of equal ones the most owned. */
  public Mix best() {
    return mixes.reversed().stream()
        .filter(mix -> mix.overflow().rejected() <= 0)
        .min(Comparator.comparingDouble(Mix::money))
        .orElse(ownedOnly());
  }
}
