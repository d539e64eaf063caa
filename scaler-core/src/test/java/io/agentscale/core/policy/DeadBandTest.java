// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static io.agentscale.core.policy.PolicyFixture.TEN;
import static io.agentscale.core.policy.PolicyFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.RecommendationHistory;
import io.agentscale.core.hpa.ScaleEventHistory;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The warning is a fact about the real controller, so the real controller is asked. */
final class DeadBandTest {
  private static final Quantity PER_REPLICA = Quantity.of(10);
  private static final int MAX = 1000;

  @Test
  void warning_saysWhatWouldNotHappen() {
    PolicyDecision decision = decide(10, Quantity.of(105));
    assertThat(decision.replicas()).isEqualTo(11);
    assertThat(decision.explanation().deadBand().map(Object::toString))
        .contains(
            "the wanted change from 10 to 11 replicas is in the dead band: the ratio 1.050 is"
                + " within 0.1 of 1, and a HorizontalPodAutoscaler would not follow");
  }

  @Test
  void warning_isGivenExactlyWhenTheControllerWouldNotMove() {
    var random = new SplittableRandom(7);
    int warned = 0;
    for (int i = 0; i < 10_000; i++) {
      int present = random.nextInt(1, 60);
      Quantity demand = Quantity.ofMilli(present * 100L * random.nextInt(80, 125));
      PolicyDecision decision = decide(present, demand);
      boolean isWarned = decision.explanation().deadBand().isPresent();
      ServedDemand.Known served = (ServedDemand.Known) decision.served();
      boolean follows = autoscaler(present, served.demand()) != present;
      assertThat(isWarned)
          .as("%d replicas, demand %s", present, demand)
          .isEqualTo(decision.replicas() != present && !follows);
      warned += isWarned ? 1 : 0;
    }
    assertThat(warned).isGreaterThan(1000);
  }

  private static PolicyDecision decide(int present, Quantity demand) {
    var policy = new CompositePolicy(PolicySettings.of(PER_REPLICA, plan(1, MAX)));
    var live = new LiveDemand.Known(demand, TEN, "test");
    return policy.decide(policy.initialState(), new PolicyObservation(present, present, live), TEN);
  }

  /** Returns what the controller makes of it when nothing of its past holds it back. */
  private static int autoscaler(int present, Quantity served) {
    var spec =
        new HpaSpec(
            "default",
            "hpa",
            new ScaleTarget("apps/v1", "Deployment", "workload"),
            1,
            MAX,
            List.of(
                new MetricSpec(
                    new ExternalMetric(new MetricIdentifier("agentscale_demand", Optional.empty())),
                    MetricTarget.averageValue(PER_REPLICA))),
            Optional.empty());
    var longAgo = new RecommendationHistory.Recommendation(1, Instant.EPOCH);
    var state =
        new HpaState(
            RecommendationHistory.of(List.of(longAgo)),
            new ScaleEventHistory(List.of()),
            new ScaleEventHistory(List.of()),
            HpaState.INITIAL.status());
    var load =
        new Load(present, present, OptionalDouble.of(served.doubleValue()), OptionalDouble.empty());
    return new HorizontalPodAutoscaler(HpaSettings.DEFAULT, spec)
        .recommend(state, load, TEN)
        .replicas();
  }
}
