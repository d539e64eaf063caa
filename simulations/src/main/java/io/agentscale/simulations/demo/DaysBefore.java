// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.live.DemandHistory;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The demand of the days before the demo, which nobody measured: computed from the same shape of
 * days as the load, {@code rate x mean duration of a run}, with the noise such a count has. What
 * came after the demo began is left out, as unknown.
 *
 * @param begin of the demo
 */
record DaysBefore(WorkDay shape, long seed, Instant begin) implements DemandHistory {
  @Override
  public boolean has(PolicyDefinition policy) {
    return true;
  }

  @Override
  public CompletionStage<List<Sample>> read(
      PolicyDefinition policy, Instant from, Instant to, Duration step) {
    List<Sample> samples = new ArrayList<>();
    for (Instant at = from; !at.isAfter(to) && at.isBefore(begin); at = at.plus(step)) {
      samples.add(new Sample(demand(at), at));
    }
    return CompletableFuture.completedStage(samples);
  }

  private double demand(Instant at) {
    double mean = shape.runsPerSecond(at) * AgentRun.MEAN.toMillis() / 1000.0;
    long minutes = Duration.between(begin, at).toMinutes();
    double noise = new SplittableRandom(seed ^ minutes).nextGaussian();
    return Math.max(0, Math.rint(mean + Math.sqrt(mean) * noise));
  }
}
