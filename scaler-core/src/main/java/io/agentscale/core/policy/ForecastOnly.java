// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.Optional;

/**
 * Recommends what the forecast alone asks for, whatever the load: predictive scaling as cloud
 * providers and PredictKube offer it, here behind the skill gate. While nothing is foreseen, or the
 * forecast may not act, the count is held.
 *
 * @param use which figure of the forecast counts, and when it may
 * @param perReplica demand one replica carries
 * @param bounds the fewest and the most replicas
 */
public record ForecastOnly(ForecastUse use, Quantity perReplica, ReplicaBounds bounds)
    implements Recommender<Stateless> {

  public ForecastOnly {
    Positive.require("perReplica", perReplica.doubleValue());
  }

  @Override
  public Stateless initialState() {
    return new Stateless();
  }

  @Override
  public Recommendation<Stateless> recommend(Stateless state, Load load, Instant now) {
    Optional<Foresight> foresight = load.foresight();
    if (foresight.isEmpty()) {
      return new Recommendation<>(
          bounds.clamp(load.replicas()), state, "no forecast: replicas held");
    }
    String because = use.because(foresight.get(), now);
    return use.foreseen(foresight.get(), now)
        .map(
            demand ->
                new Recommendation<>(
                    bounds.clamp(Capacity.forDemand(demand, perReplica).replicas()),
                    state,
                    demand + " foreseen, " + because))
        .orElseGet(
            () ->
                new Recommendation<>(
                    bounds.clamp(load.replicas()), state, because + ": replicas held"));
  }
}
