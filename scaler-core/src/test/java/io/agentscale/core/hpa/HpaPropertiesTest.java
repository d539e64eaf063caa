// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold whatever the load does; a single breach would take a service down. */
final class HpaPropertiesTest {
  private static final int WALKS = 200;
  private static final int STEPS = 60;
  private static final long TARGET_MILLI = 7_300;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void decide_anyLoad_staysWithinBounds(Dialect dialect) {
    walk(
        dialect,
        (spec, before, readings, after) ->
            assertThat(after).isBetween(spec.minReplicas(), spec.maxReplicas()));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void decide_nothingKnown_changesNothing(Dialect dialect) {
    walk(
        dialect,
        (spec, before, readings, after) -> {
          if (readings.stream().noneMatch(MetricReading.Series.class::isInstance)) {
            assertThat(after).isEqualTo(before);
          }
        });
  }

  @Test
  void decide_oneMetricUnknown_neverLowersWhatMetricsAskFor() {
    var controller = new HpaController(HpaSettings.DEFAULT);
    var random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      HpaSpec spec = spec(random);
      int replicas = random.nextInt(spec.minReplicas(), spec.maxReplicas() + 1);
      var decision =
          controller
              .decide(
                  spec,
                  HpaState.INITIAL,
                  observation(
                      replicas,
                      List.of(HpaFixture.failed(), HpaFixture.series(random.nextLong(200_000)))),
                  HpaFixture.START)
              .decision();
      assertThat(decision.replicas().orElseThrow()).isGreaterThanOrEqualTo(replicas);
      assertThat(decision.error()).isPresent();
    }
  }

  @Test
  void decide_unitsAThousandTimesSmaller_decidesTheSame() {
    var controller = new HpaController(HpaSettings.DEFAULT);
    var random = new SplittableRandom(12);
    for (int i = 0; i < 2_000; i++) {
      int replicas = random.nextInt(1, 40);
      // Within 2^53 after scaling, and an average without remainder, so every step is exact.
      long usage = random.nextLong(100_000);
      long target = random.nextLong(1, 20_000);
      assertThat(podsDecision(controller, replicas, usage * 1000, target * 1000))
          .isEqualTo(podsDecision(controller, replicas, usage, target));
    }
  }

  @Test
  void decide_groupOfPods_isAsManySinglePods() {
    var controller = new HpaController(HpaSettings.DEFAULT);
    var random = new SplittableRandom(13);
    for (int i = 0; i < 500; i++) {
      int replicas = random.nextInt(1, 40);
      long usage = random.nextLong(40_000);
      HpaSpec spec = HpaFixture.spec(1, 100, HpaFixture.pods(10_000));
      List<PodGroup> single = new ArrayList<>();
      for (int pod = 0; pod < replicas; pod++) {
        single.add(HpaFixture.running(1).withName("p" + pod));
      }
      var sample = new PodSample.Value(usage, HpaFixture.START, Duration.ofSeconds(30));
      Observation apart =
          HpaFixture.observation(
              replicas, single, MetricReading.PodSamples.uniform(replicas, sample));
      Observation together =
          HpaFixture.observation(
              replicas,
              List.of(HpaFixture.running(replicas)),
              MetricReading.PodSamples.uniform(1, sample));
      assertThat(controller.decide(spec, HpaState.INITIAL, together, HpaFixture.START))
          .isEqualTo(controller.decide(spec, HpaState.INITIAL, apart, HpaFixture.START));
    }
  }

  private static int podsDecision(
      HpaController controller, int replicas, long usageMilli, long targetMilli) {
    return controller
        .decide(
            HpaFixture.spec(1, 100, HpaFixture.pods(targetMilli)),
            HpaState.INITIAL,
            HpaFixture.observation(
                replicas,
                List.of(HpaFixture.running(replicas)),
                HpaFixture.samples(usageMilli, HpaFixture.START)),
            HpaFixture.START)
        .decision()
        .replicas()
        .orElseThrow();
  }

  /** What must hold after each step. */
  private interface Check {
    void accept(HpaSpec spec, int before, List<MetricReading> readings, int after);
  }

  private static void walk(Dialect dialect, Check check) {
    var controller = new HpaController(HpaSettings.DEFAULT.withDialect(dialect));
    var random = new SplittableRandom(10);
    for (int walk = 0; walk < WALKS; walk++) {
      HpaSpec spec = spec(random);
      HpaState state = HpaState.INITIAL;
      int replicas = random.nextInt(spec.minReplicas(), spec.maxReplicas() + 1);
      Instant now = HpaFixture.START;
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(random.nextInt(1, 60));
        List<MetricReading> readings = List.of(reading(random), reading(random));
        HpaTransition transition =
            controller.decide(spec, state, observation(replicas, readings), now);
        int after = transition.decision().replicas().orElseThrow();
        check.accept(spec, replicas, readings, after);
        state = transition.state();
        replicas = after;
      }
    }
  }

  private static HpaSpec spec(SplittableRandom random) {
    int min = random.nextInt(1, 5);
    HpaSpec spec =
        HpaFixture.spec(
            min,
            min + random.nextInt(1, 60),
            HpaFixture.external(MetricTarget.averageValue(Quantity.ofMilli(TARGET_MILLI))),
            HpaFixture.external(MetricTarget.value(Quantity.ofMilli(TARGET_MILLI))));
    return random.nextBoolean()
        ? spec
        : HpaFixture.withBehavior(
            spec,
            new Behavior(
                ScalingRules.SCALE_UP_DEFAULT.withStabilizationWindowSeconds(random.nextInt(60)),
                ScalingRules.SCALE_DOWN_DEFAULT.withPolicies(
                    List.of(
                        new ScalingPolicy(
                            ScalingPolicy.Type.PERCENT,
                            random.nextInt(1, 101),
                            random.nextInt(1, 600))))));
  }

  private static MetricReading reading(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> HpaFixture.failed();
      case 1 -> MetricReading.Empty.ANSWER;
      default -> HpaFixture.series(random.nextLong(-50_000, 500_000));
    };
  }

  private static Observation observation(int replicas, List<MetricReading> readings) {
    return new Observation(
        new ScaleReading.Scale(replicas, replicas, HpaFixture.SELECTOR),
        List.of(HpaFixture.running(replicas)),
        readings);
  }
}
