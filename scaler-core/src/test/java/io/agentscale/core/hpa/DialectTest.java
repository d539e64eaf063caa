// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricSource.ContainerResourceMetric;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster of another version decides differently in exactly these cases. */
final class DialectTest {
  private static final MetricSpec CPU =
      new MetricSpec(new ResourceMetric("cpu"), MetricTarget.averageUtilization(50));
  private static final MetricSpec CONTAINER_CPU =
      new MetricSpec(
          new ContainerResourceMetric("cpu", "app"), MetricTarget.averageUtilization(50));

  record Case(
      String name,
      HpaSpec spec,
      Observation observation,
      HpaSettings settings,
      int old,
      int later) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    HpaSpec oneMilli =
        HpaFixture.spec(
            1, Integer.MAX_VALUE, HpaFixture.external(MetricTarget.value(Quantity.ofMilli(1))));
    HpaSpec oneMilliEach =
        HpaFixture.spec(
            1,
            Integer.MAX_VALUE,
            HpaFixture.external(MetricTarget.averageValue(Quantity.ofMilli(1))));
    HpaSpec tolerant =
        HpaFixture.withBehavior(
            HpaFixture.spec(1, 50, CPU),
            new Behavior(
                ScalingRules.SCALE_UP_DEFAULT.withTolerance(0.5),
                ScalingRules.SCALE_DOWN_DEFAULT.withTolerance(0)));
    Container sidecar = new Container("proxy", Map.of("cpu", Quantity.of(1)), true);
    return Stream.of(
        plain("ratio of exactly 1.1", HpaFixture.spec(1, 50, CPU), cpu(550), 11, 10),
        plain("ratio of exactly 0.9", HpaFixture.spec(1, 50, CPU), cpu(450), 10, 10),
        plain("tolerance of scaling up", tolerant, cpu(700), 14, 10),
        plain(
            "metrics of one pod lack the container",
            HpaFixture.spec(1, 50, CONTAINER_CPU),
            withoutContainer(),
            10,
            20),
        plain(
            "sidecars request too",
            HpaFixture.spec(1, 50, CPU),
            seen(900, HpaFixture.running(10, HpaFixture.APP, sidecar)),
            18,
            10),
        plain(
            "the pod requests as a whole",
            HpaFixture.spec(1, 50, CPU),
            seen(900, withPodRequest(2)),
            18,
            10),
        plain(
            "value beyond 32 bits",
            oneMilli,
            HpaFixture.observation(
                10, List.of(HpaFixture.running(10, HpaFixture.APP)), HpaFixture.series(1L << 32)),
            10,
            20),
        plain(
            "average beyond 32 bits",
            oneMilliEach,
            HpaFixture.observation(
                10, List.of(HpaFixture.running(10)), HpaFixture.series((1L << 32) + 3)),
            10,
            20),
        new Case(
            "ContainerResource switched off",
            HpaFixture.spec(1, 50, CONTAINER_CPU),
            cpu(1000),
            new HpaSettings(
                Dialect.V1_28,
                0.1,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                false),
            10,
            20));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void decide_inEachDialect(Case c) {
    assertThat(replicas(c, Dialect.V1_28)).isEqualTo(c.old);
    assertThat(replicas(c, Dialect.V1_35)).isEqualTo(c.later);
  }

  @Test
  void of_unknownVersion_namesTheKnown() {
    assertThat(Dialect.of("v1.35")).isEqualTo(Dialect.V1_35);
    assertThatThrownBy(() -> Dialect.of("1.35"))
        .hasMessage("dialect: must be one of v1.28, v1.35, was: 1.35");
  }

  private static int replicas(Case c, Dialect dialect) {
    return new HpaController(c.settings.withDialect(dialect))
        .decide(c.spec, HpaState.INITIAL, c.observation, HpaFixture.START)
        .decision()
        .replicas()
        .orElseThrow();
  }

  private static Case plain(
      String name, HpaSpec spec, Observation observation, int old, int later) {
    return new Case(name, spec, observation, HpaSettings.DEFAULT, old, later);
  }

  private static Observation cpu(long milli) {
    return seen(milli, HpaFixture.running(10, HpaFixture.APP));
  }

  private static Observation seen(long milli, PodGroup pods) {
    return HpaFixture.observation(10, List.of(pods), HpaFixture.samples(milli, HpaFixture.START));
  }

  private static PodGroup withPodRequest(long cpus) {
    PodGroup pods = HpaFixture.running(10, HpaFixture.APP);
    return new PodGroup(
        pods.name(),
        pods.count(),
        pods.labels(),
        pods.phase(),
        pods.deleted(),
        pods.startTime(),
        pods.ready(),
        pods.containers(),
        Map.of("cpu", Quantity.of(cpus)));
  }

  private static Observation withoutContainer() {
    Duration window = Duration.ofSeconds(30);
    return HpaFixture.observation(
        10,
        List.of(HpaFixture.running(9, HpaFixture.APP), HpaFixture.running(1, HpaFixture.APP)),
        new PodSamples(
            List.of(
                new PodSample.Value(3000, HpaFixture.START, window),
                new PodSample.ByContainer(
                    Map.of("other", Optional.of(Quantity.of(1))), HpaFixture.START, window)),
            Map.of()));
  }
}
