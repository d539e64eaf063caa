// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.simulations.replay.cluster.Cluster.ScaleIn;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Start-up, nodes and grace are what autoscaling is about; seconds lost here flatter policies. */
final class FleetTest {
  private final List<String> told = new ArrayList<>();
  private final double[] runs = new double[32];

  private final PodListener listener =
      new PodListener() {
        @Override
        public void serve(double now, int pod) {
          told.add("serve " + pod + " at " + now);
        }

        @Override
        public void drain(double now, int pod) {
          told.add("drain " + pod + " at " + now);
        }

        @Override
        public void kill(double now, int pod) {
          told.add("kill " + pod + " at " + now);
        }

        @Override
        public double runs(int pod) {
          return runs[pod];
        }
      };

  private Fleet fleet(Cluster cluster) {
    var fleet = new Fleet(cluster, new RandomStream(1, 1), listener);
    fleet.begin();
    return fleet;
  }

  private static Cluster cluster(int replicas) {
    return Cluster.of(replicas, new Distribution.Constant(30))
        .withStartUp(new StartUp(new Distribution.Constant(20), new Distribution.Constant(40)));
  }

  @Test
  void scaleTo_more_passesThroughPendingLoadingReady() {
    Fleet fleet = fleet(cluster(1));
    fleet.scaleTo(100, 2);
    assertThat(fleet.replicas()).isEqualTo(2);
    assertThat(fleet.count(PodState.PENDING)).isEqualTo(1);
    fleet.advance(120);
    assertThat(fleet.count(PodState.LOADING)).isEqualTo(1);
    fleet.advance(160);
    assertThat(fleet.ready()).isEqualTo(2);
    assertThat(fleet.serving()).isEqualTo(1);
    fleet.advance(161);
    assertThat(told).containsExactly("serve 0 at 0.0", "serve 1 at 161.0");
    assertThat(fleet.present()).isEqualTo(2);
  }

  @Test
  void creationDelay_podsAreWantedFirst() {
    Fleet fleet = fleet(slowToCreate(1));
    fleet.scaleTo(100, 3);
    assertThat(fleet.replicas()).isEqualTo(3);
    assertThat(fleet.created()).isEqualTo(1);
    assertThat(fleet.present()).as("nobody pays for them yet").isEqualTo(1);
    fleet.advance(105);
    assertThat(fleet.count(PodState.PENDING)).isEqualTo(2);
    assertThat(fleet.created()).isEqualTo(3);
    fleet.advance(166);
    assertThat(told).containsExactly("serve 0 at 0.0", "serve 1 at 166.0", "serve 2 at 166.0");
  }

  @Test
  void creationDelay_wantedOnesAreTakenBackBeforeAnyOther() {
    Fleet fleet = fleet(slowToCreate(2));
    fleet.scaleTo(100, 3);
    fleet.advance(106);
    fleet.scaleTo(107, 5);
    fleet.scaleTo(108, 3);
    assertThat(fleet.count(PodState.PENDING)).isEqualTo(1);
    assertThat(fleet.count(PodState.WANTED)).isZero();
    fleet.scaleTo(109, 4);
    fleet.advance(112);
    assertThat(fleet.created()).as("what was taken back does not come").isEqualTo(3);
    fleet.advance(114);
    assertThat(fleet.created()).isEqualTo(4);
  }

  @Test
  void creationDelay_podsThatDoNotFitWaitForANode() {
    var nodes = new Nodes(2, 1, 3, new Distribution.Constant(90), Duration.ofMinutes(10));
    Fleet fleet = fleet(slowToCreate(2).withNodes(nodes));
    fleet.scaleTo(0, 4);
    assertThat(fleet.count(PodState.UNSCHEDULED)).isZero();
    fleet.advance(5);
    assertThat(fleet.count(PodState.UNSCHEDULED)).isEqualTo(2);
    fleet.advance(95);
    assertThat(fleet.count(PodState.PENDING)).isEqualTo(2);
  }

  private static Cluster slowToCreate(int replicas) {
    Cluster cluster = cluster(replicas);
    return cluster.withStartUp(cluster.startUp().withCreation(new Distribution.Constant(5)));
  }

  @Test
  void scaleTo_fewer_removesThoseNotReadyThenTheNewest() {
    Fleet fleet = fleet(cluster(3));
    fleet.scaleTo(0, 4);
    fleet.scaleTo(10, 2);
    assertThat(told).containsSubsequence("drain 2 at 10.0").hasSize(4);
    assertThat(fleet.starting()).isZero();
    assertThat(fleet.present()).isEqualTo(3);
    fleet.advance(70);
    assertThat(told).endsWith("kill 2 at 70.0");
    assertThat(fleet.present()).isEqualTo(2);
  }

  @Test
  void scaleTo_fewerByIdleness_removesTheIdlest() {
    Fleet fleet = fleet(cluster(3).withScaleIn(ScaleIn.IDLEST));
    runs[0] = 4;
    runs[1] = 1;
    runs[2] = 7;
    fleet.scaleTo(10, 2);
    assertThat(told).endsWith("drain 1 at 10.0");
    fleet.gone(12, 1);
    fleet.advance(100);
    assertThat(told).noneMatch(event -> event.startsWith("kill"));
  }

  @Test
  void nodes_full_podsWaitForOneAndSpareOnesGo() {
    var nodes = new Nodes(2, 1, 3, new Distribution.Constant(90), Duration.ofMinutes(10));
    Fleet fleet = fleet(cluster(2).withNodes(nodes));
    fleet.scaleTo(0, 9);
    assertThat(fleet.count(PodState.UNSCHEDULED)).isEqualTo(7);
    fleet.advance(90);
    assertThat(fleet.nodes()).isEqualTo(3);
    assertThat(fleet.count(PodState.PENDING)).isEqualTo(4);
    assertThat(fleet.count(PodState.UNSCHEDULED)).as("three nodes are all there are").isEqualTo(3);
    fleet.scaleTo(100, 1);
    fleet.advance(200);
    assertThat(fleet.nodes()).isEqualTo(3);
    fleet.advance(5000);
    assertThat(fleet.nodes()).isEqualTo(1);
  }

  @Test
  void gpus_areNotShared() {
    Nodes nodes = Nodes.ofGpus(8, 3, 0, 5, new Distribution.Constant(90));
    assertThat(nodes.podsPerNode()).isEqualTo(2);
  }
}
