// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.ReplicaBounds;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.autoscale.HpaScaling;
import io.agentscale.simulations.replay.autoscale.Oracle;
import io.agentscale.simulations.replay.autoscale.RecommenderScaling;
import io.agentscale.simulations.replay.autoscale.ScaledObjects;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Cluster.ScaleIn;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.Nodes;
import io.agentscale.simulations.replay.cluster.Restarts;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.replay.event.EventEngine;
import io.agentscale.simulations.replay.fluid.FluidEngine;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.ProviderLimit;
import io.agentscale.simulations.workload.PodModel.Tokens;
import io.agentscale.simulations.workload.Workload;
import io.agentscale.simulations.workload.Workload.Balancing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run lost in some corner makes a policy look better than it is; whatever happens, none may be.
 */
final class ConservationTest {
  private static final List<Workload> WORKLOADS =
      List.of(
          Workload.of(PodPresets.agentPod()),
          Workload.of(PodPresets.agentPod().withoutCap()),
          new Workload(
              PodPresets.agentPod().withCap(20).withTokens(new Tokens(1000, 0, 0)),
              Balancing.RANDOM,
              Optional.of(ProviderLimit.of(700_000))),
          Workload.of(PodPresets.queueWorker(new Distribution.Lognormal(30, 1), 2)));

  private static final List<Controller> CONTROLLERS = List.of(Controller.values());

  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomScenario_losesNoRunKeepsItsBoundsAndGivesTheSameAgain(int seed) {
    var random = new SplittableRandom(seed);
    Slo slo = random.nextBoolean() ? new Slo.Latency(Duration.ofSeconds(6)) : new Slo.Crowded(10);
    ReplaySettings settings =
        ReplaySettings.of(new Goal(slo, MinimalReplicas.atRate(3)))
            .withWarmUp(Duration.ofMinutes(random.nextInt(20)));
    double base = random.nextDouble(20);
    double burst = random.nextDouble(40);
    var rates =
        new Rates(
            Duration.ofSeconds(7),
            600,
            step -> Math.floorMod(step * 2654435761L, 97L) < 20 ? burst : base);
    Workload workload = WORKLOADS.get(random.nextInt(WORKLOADS.size()));
    Cluster cluster = cluster(random);
    Autoscaler autoscaler = autoscaler(random);
    for (Engine engine : List.of(new FluidEngine(settings), new EventEngine(settings))) {
      List<TimelineRow> rows = new ArrayList<>();
      Score score = engine.run(rates, workload, cluster, autoscaler, seed, rows::add).score();
      assertThat(score.runs().imbalance()).as(engine.name()).isCloseTo(0, within(1e-3));
      assertThat(score.runs().arrived()).isPositive();
      assertThat(score.latency().latePercent()).isBetween(0.0, 100.001);
      assertThat(score.waiting().longestMillis()).isBetween(0.0, 4_200_000.0);
      assertThat(rows)
          .filteredOn(row -> !row.at().isBefore(Rates.START.plus(settings.warmUp())))
          .allSatisfy(
              row -> assertThat(row.queued()).isLessThanOrEqualTo(score.waiting().most() + 1e-6));
      assertThat(rows).hasSize(280);
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(row.desired()).isBetween(0, 20);
                assertThat(row.ready() + row.starting()).isEqualTo(row.desired());
                assertThat(row.inFlight()).isGreaterThanOrEqualTo(0.0);
                assertThat(row.queued()).isGreaterThanOrEqualTo(0.0);
                assertThat(row.demand()).isEqualTo(row.inFlight() + row.queued());
              });
      List<TimelineRow> again = new ArrayList<>();
      assertThat(engine.run(rates, workload, cluster, autoscaler, seed, again::add).score())
          .isEqualTo(score);
      assertThat(again).isEqualTo(rows);
    }
  }

  private static Cluster cluster(SplittableRandom random) {
    Cluster cluster =
        Cluster.of(1 + random.nextInt(6), new Distribution.Lognormal(5 + random.nextInt(120), 0.5))
            .withTerminationGrace(Duration.ofSeconds(random.nextInt(60)))
            .withScaleIn(random.nextBoolean() ? ScaleIn.NEWEST : ScaleIn.IDLEST);
    cluster =
        random.nextBoolean()
            ? cluster
            : cluster.withNodes(
                new Nodes(3, 1, 5, new Distribution.Uniform(20, 90), Duration.ofMinutes(2)));
    return random.nextBoolean() ? cluster : troubled(cluster, random);
  }

  /** Adds scrapes that miss pods, pods that are created late, and controllers that restart. */
  private static Cluster troubled(Cluster cluster, SplittableRandom random) {
    List<Restart> restarts = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Controller controller = CONTROLLERS.get(random.nextInt(CONTROLLERS.size()));
      restarts.add(new Restart(controller, Duration.ofSeconds(random.nextInt(4200))));
    }
    return cluster
        .withStartUp(
            cluster.startUp().withCreation(new Distribution.Exponential(random.nextInt(9))))
        .withMetrics(MetricsLag.DEFAULT.withMissingPods(random.nextDouble(0.9)))
        .withRestarts(new Restarts(restarts));
  }

  private static Autoscaler autoscaler(SplittableRandom random) {
    var bounds = new ReplicaBounds(1, 20);
    var inFlight =
        new HpaScaling("in-flight", Hpas.spec(1, 20, Hpas.pods("agent_active_count", 6)));
    return switch (random.nextInt(6)) {
      case 0 -> new FixedReplicas("fixed", random.nextInt(12));
      case 1 -> inFlight;
      case 2 -> new HpaScaling("cpu", Hpas.spec(1, 20, Hpas.cpu(60)));
      case 3 -> new Oracle("oracle", bounds);
      case 4 -> new RecommenderScaling("step", new QueueStep(10, 2, bounds, Duration.ofMinutes(1)));
      default ->
          ScaledObjects.scaling(
              "maxReplicaCount: 20\ncooldownPeriod: 60\npollingInterval: "
                  + (5 + random.nextInt(60)),
              ScaledObjects.IN_FLIGHT);
    };
  }
}
