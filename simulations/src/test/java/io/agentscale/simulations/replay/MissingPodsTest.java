// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.Observation;
import io.agentscale.core.hpa.PodSample;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.PolicyScaling;
import io.agentscale.simulations.replay.autoscale.ScaledObjects;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A scrape that misses a pod holds an HPA back where it knows of the pod, and makes a sum too small
 * where it does not; a replay that hides either tunes for a cluster nobody has.
 */
final class MissingPodsTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final ReplaySettings SETTINGS =
      ReplaySettings.of(new Goal(new Slo.Crowded(10), MinimalReplicas.atRate(3.6)));
  private static final Cluster CLUSTER = Cluster.of(4, new Distribution.Constant(60));
  private static final HpaSpec IN_FLIGHT = Hpas.spec(2, 40, Hpas.pods("agent_active_count", 6));

  private static final Rates STEADY = Rates.steady(30, Duration.ofHours(2));

  private static Cluster missing(double share) {
    return CLUSTER.withMetrics(MetricsLag.DEFAULT.withMissingPods(share));
  }

  private static List<TimelineRow> rows(
      Rates rates, Cluster cluster, Autoscaler autoscaler, long seed) {
    List<TimelineRow> rows = new ArrayList<>();
    new FluidEngine(SETTINGS).run(rates, AGENT, cluster, autoscaler, seed, rows::add);
    return rows;
  }

  private static double meanDesired(List<TimelineRow> rows, int fromMinute, int toMinute) {
    return rows.stream()
        .filter(row -> row.at().isAfter(Rates.START.plus(Duration.ofMinutes(fromMinute))))
        .filter(row -> row.at().isBefore(Rates.START.plus(Duration.ofMinutes(toMinute))))
        .mapToInt(TimelineRow::desired)
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void podsMetric_missingPodsHoldScaleUpBack(long seed) {
    var hpa = new HpaScaling("hpa", IN_FLIGHT);
    List<TimelineRow> all = rows(Rates.STEP, CLUSTER, hpa, seed);
    List<TimelineRow> some = rows(Rates.STEP, missing(0.2), hpa, seed);
    assertThat(meanDesired(some, 20, 24)).isLessThan(meanDesired(all, 20, 24) - 0.5);
    assertThat(meanDesired(some, 35, 40)).as("in the end they are there").isGreaterThan(12);
  }

  /** Missing pods are taken to be at the target when the others are below it. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.6})
  void podsMetric_missingPodsNeverLeadBelowWhatIsRight(double share) {
    var hpa = new HpaScaling("hpa", IN_FLIGHT);
    for (long seed = 1; seed <= 3; seed++) {
      int right =
          rows(STEADY, CLUSTER.withInitialReplicas(30), hpa, seed).stream()
              .mapToInt(TimelineRow::desired)
              .min()
              .orElseThrow();
      assertThat(rows(STEADY, missing(share).withInitialReplicas(30), hpa, seed))
          .allSatisfy(row -> assertThat(row.desired()).isGreaterThanOrEqualTo(right));
    }
  }

  private static List<MetricSpec> sums() {
    return List.of(
        Hpas.external("http_requests_per_second", 3), Hpas.external("agent_active_count", 6));
  }

  @Test
  void sums_areTooSmall_soThatTheHpaRunsTooFew() {
    for (MetricSpec sum : sums()) {
      var hpa = new HpaScaling("hpa", Hpas.spec(2, 40, sum));
      double right = meanDesired(rows(STEADY, CLUSTER, hpa, 1), 30, 120);
      double few = meanDesired(rows(STEADY, missing(0.3), hpa, 1), 30, 120);
      assertThat(few).as(sum.toString()).isLessThan(0.95 * right);
    }
  }

  @Test
  void sums_areTooSmallForKedaAndForPolicies() {
    List<Autoscaler> autoscalers =
        List.of(
            ScaledObjects.scaling("maxReplicaCount: 40", ScaledObjects.IN_FLIGHT),
            PolicyScaling.following(
                "policy",
                PolicySettings.reactive(Quantity.of(6L), new ReplicaBounds(2, 40)),
                Optional.empty()));
    for (Autoscaler each : autoscalers) {
      double right = meanDesired(rows(STEADY, CLUSTER, each, 1), 30, 120);
      double few = meanDesired(rows(STEADY, missing(0.3), each, 1), 30, 120);
      assertThat(few).as(each.name()).isLessThan(0.95 * right);
    }
  }

  @Test
  void samePods_areMissedByBothEngines() {
    List<String> fluid = missedBy(new FluidEngine(SETTINGS));
    assertThat(missedBy(new EventEngine(SETTINGS))).isEqualTo(fluid);
    assertThat(fluid).hasSizeGreaterThan(100);
    assertThat(fluid.stream().distinct().count()).isGreaterThan(4);
  }

  /** Returns how many of ten pods have a sample of each metric at each decision. */
  private static List<String> missedBy(Engine engine) {
    List<String> seen = new ArrayList<>();
    var hpa =
        new HpaScaling("hpa", Hpas.spec(10, 10, Hpas.pods("agent_active_count", 6), Hpas.cpu(60)))
            .withLog((now, observation, replicas) -> seen.add(sampled(observation)));
    engine.run(
        Rates.steady(12, Duration.ofMinutes(40)),
        AGENT,
        missing(0.3).withInitialReplicas(10),
        hpa,
        9,
        TimelineListener.NONE);
    return seen;
  }

  private static String sampled(Observation observation) {
    StringBuilder text = new StringBuilder();
    for (var reading : observation.metrics()) {
      int count = 0;
      if (reading instanceof PodSamples samples) {
        for (int i = 0; i < samples.listed().size(); i++) {
          boolean has = samples.listed().get(i) instanceof PodSample.Value;
          count += has ? observation.pods().get(i).count() : 0;
        }
      }
      text.append(count).append(' ');
    }
    return text.toString();
  }
}
