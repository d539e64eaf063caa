// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static io.agentscale.core.policy.PolicyFixture.TEN;
import static io.agentscale.core.policy.PolicyFixture.foresight;
import static io.agentscale.core.policy.PolicyFixture.plan;
import static io.agentscale.core.policy.PolicyFixture.workday;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaTransition;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricReading;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.ScaleReading;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.hpa.TargetSelector;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compared side by side, each source alone must be what it is called and nothing more. */
final class FieldRecommendersTest {
  private static final Quantity PER_REPLICA = Quantity.of(12);

  @Test
  void scheduleOnly_followsTheWindowsWhateverTheLoad() {
    var rule = new ScheduleOnly(plan(2, 40, workday("day", Target.floor(10))), PER_REPLICA);
    assertThat(at(rule, load(500), TEN).replicas()).isEqualTo(10);
    assertThat(at(rule, load(500), TEN).reason()).isEqualTo("day: floor 10");
    Instant evening = Instant.parse("2026-01-01T18:00:00Z");
    assertThat(at(rule, load(500), evening).replicas()).isEqualTo(2);
    assertThat(at(rule, load(500), evening).reason()).isEqualTo("no window is open");
  }

  @Test
  void scheduleOnly_dividesDemand_andObeysTheCeiling() {
    var rule =
        new ScheduleOnly(
            plan(
                2,
                40,
                workday("day", new Target.Demand(Quantity.of(240))),
                workday("cap", Target.ceiling(15))),
            PER_REPLICA);
    assertThat(at(rule, load(0), TEN).replicas()).isEqualTo(15);
  }

  @Test
  void forecastOnly_followsTheQuantile_andHoldsWithoutSkill() {
    var rule = new ForecastOnly(ForecastUse.DEFAULT, PER_REPLICA, new ReplicaBounds(2, 40));
    assertThat(at(rule, foreseeing(foresight(121, OptionalDouble.of(0), TEN)), TEN).replicas())
        .isEqualTo(11);
    assertThat(at(rule, foreseeing(foresight(121, OptionalDouble.of(-1), TEN)), TEN).replicas())
        .isEqualTo(5);
    assertThat(at(rule, load(500), TEN).replicas()).isEqualTo(5);
  }

  @Test
  void autoscaler_decidesAsTheController() {
    HpaSpec spec = spec(new MetricSource.ExternalMetric(metric()));
    var rule = new HorizontalPodAutoscaler(HpaSettings.DEFAULT, spec);
    var controller = new HpaController(HpaSettings.DEFAULT);
    var random = new SplittableRandom(3);
    HpaState ours = rule.initialState();
    HpaState theirs = HpaState.INITIAL;
    int replicas = 5;
    Instant now = TEN;
    for (int step = 0; step < 1_000; step++) {
      now = now.plusSeconds(15);
      double demand = random.nextInt(300);
      Recommendation<HpaState> recommended =
          rule.recommend(
              ours,
              new Load(replicas, replicas, OptionalDouble.of(demand), OptionalDouble.empty()),
              now);
      HpaTransition decided =
          controller.decide(
              spec,
              theirs,
              new Observation(
                  new ScaleReading.Scale(replicas, replicas, TargetSelector.parse("app=x")),
                  List.of(),
                  List.of(new MetricReading.Series(List.of(Quantity.of(demand))))),
              now);
      assertThat(recommended.replicas()).isEqualTo(decided.decision().replicas().orElseThrow());
      ours = recommended.state();
      theirs = decided.state();
      replicas = recommended.replicas();
    }
  }

  @Test
  void autoscaler_withAPodsMetric_countsStartingPodsAsIdle() {
    var rule =
        new HorizontalPodAutoscaler(
            HpaSettings.DEFAULT, spec(new MetricSource.PodsMetric(metric())));
    Load allReady = new Load(4, 4, OptionalDouble.of(96), OptionalDouble.empty());
    Load halfReady = new Load(4, 2, OptionalDouble.of(48), OptionalDouble.empty());
    assertThat(at(rule, allReady, TEN).replicas()).isEqualTo(8);
    // Two ready at 24 and two starting at an assumed 0 make 12 each: on target, no change.
    assertThat(at(rule, halfReady, TEN).replicas()).isEqualTo(4);
  }

  @Test
  void autoscaler_onCpu_isRefused() {
    assertThatThrownBy(
            () ->
                new HorizontalPodAutoscaler(
                    HpaSettings.DEFAULT, spec(new MetricSource.ResourceMetric("cpu"))))
        .hasMessage("metrics[0]: must be External, Object or Pods, was: Resource");
  }

  private static MetricIdentifier metric() {
    return new MetricIdentifier("demand", Optional.empty());
  }

  private static HpaSpec spec(MetricSource source) {
    return new HpaSpec(
        "default",
        "hpa",
        new ScaleTarget("apps/v1", "Deployment", "web"),
        2,
        40,
        List.of(new MetricSpec(source, MetricTarget.averageValue(PER_REPLICA))),
        Optional.empty());
  }

  private static <S> Recommendation<S> at(Recommender<S> rule, Load load, Instant now) {
    return rule.recommend(rule.initialState(), load, now);
  }

  private static Load load(double demand) {
    return new Load(5, 5, OptionalDouble.of(demand), OptionalDouble.empty());
  }

  private static Load foreseeing(Foresight foresight) {
    return new Load(5, 5, OptionalDouble.empty(), OptionalDouble.empty(), Optional.of(foresight));
  }
}
