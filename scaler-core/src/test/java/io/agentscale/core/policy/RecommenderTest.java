// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every recommender, whatever its rule: on these the live service relies. */
final class RecommenderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ReplicaBounds BOUNDS = new ReplicaBounds(1, 20);
  private static final int STEPS = 10_000;

  static Stream<Recommender<?>> recommenders() {
    return Stream.concat(
        lookingAtTheLoad(),
        Stream.of(
            new ScheduleOnly(
                PolicyFixture.plan(1, 20, PolicyFixture.workday("day", Target.floor(10))),
                Quantity.of(10))));
  }

  static Stream<Recommender<?>> lookingAtTheLoad() {
    return Stream.of(
        new QueueRatio(5, BOUNDS),
        new QueueStep(10, 2, BOUNDS, Duration.ofMinutes(2)),
        new ServerlessWorkers(5, 1, new ReplicaBounds(0, 4), Duration.ofMinutes(5)),
        StableAndPanicWindows.withTarget(10, BOUNDS),
        autoscaler(
            new MetricSource.ExternalMetric(new MetricIdentifier("demand", Optional.empty()))),
        autoscaler(new MetricSource.PodsMetric(new MetricIdentifier("runs", Optional.empty()))),
        new ForecastOnly(ForecastUse.DEFAULT, Quantity.of(10), BOUNDS),
        new CompositePolicy(
            PolicySettings.reactive(Quantity.of(10), BOUNDS).withForecast(ForecastUse.DEFAULT)));
  }

  private static HorizontalPodAutoscaler autoscaler(MetricSource source) {
    return new HorizontalPodAutoscaler(
        HpaSettings.DEFAULT,
        new HpaSpec(
            "default",
            "hpa",
            new ScaleTarget("apps/v1", "Deployment", "web"),
            BOUNDS.min(),
            BOUNDS.max(),
            List.of(new MetricSpec(source, MetricTarget.averageValue(Quantity.of(10)))),
            Optional.empty()));
  }

  @Test
  void everyRecommender_isTested() {
    assertThat(recommenders().<Object>map(Recommender::getClass))
        .containsAll(Arrays.asList((Object[]) Recommender.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("lookingAtTheLoad")
  void unknownLoad_neverLowersTheCount(Recommender<?> recommender) {
    walk(recommender, true);
  }

  @ParameterizedTest
  @MethodSource("recommenders")
  void boundsHold_whateverTheLoad(Recommender<?> recommender) {
    walk(recommender, false);
  }

  @ParameterizedTest
  @MethodSource("recommenders")
  void sameArguments_sameRecommendation(Recommender<?> recommender) {
    assertSame(recommender);
  }

  private static <S> void assertSame(Recommender<S> recommender) {
    Load load = load(3, 30, START);
    assertThat(recommender.recommend(recommender.initialState(), load, START))
        .isEqualTo(recommender.recommend(recommender.initialState(), load, START));
  }

  /**
   * A random walk through known and unknown loads, checking every step, each tenth also decided
   * again from a state taken apart and rebuilt.
   */
  private static <S> void walk(Recommender<S> recommender, boolean withUnknown) {
    SplittableRandom random = new SplittableRandom(42);
    S state = recommender.initialState();
    int replicas = 2;
    Instant now = START;
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(random.nextInt(1, 60));
      boolean unknown = withUnknown && random.nextInt(3) == 0;
      Load load =
          unknown
              ? new Load(replicas, replicas, OptionalDouble.empty(), OptionalDouble.empty())
              : load(replicas, random.nextInt(100), now);
      Recommendation<S> next = recommender.recommend(state, load, now);
      if (step % 10 == 0) {
        assertThat(recommender.recommend(Rebuilt.of(state), load, now)).isEqualTo(next);
      }
      assertThat(next.replicas()).isBetween(0, 20);
      assertThat(next.reason()).isNotEmpty();
      if (unknown) {
        assertThat(next.replicas()).isEqualTo(replicas);
      }
      replicas = next.replicas();
      state = next.state();
    }
  }

  private static Load load(int replicas, double work, Instant now) {
    return new Load(
        replicas,
        replicas,
        OptionalDouble.of(work),
        OptionalDouble.of(work / 2),
        Optional.of(PolicyFixture.foresight(work * 1.1, OptionalDouble.of(0.1), now)));
  }
}
