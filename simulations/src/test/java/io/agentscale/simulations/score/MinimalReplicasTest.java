// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.FlowTable;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodPresets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cost and elasticity are measured against this schedule: an error here is in every table. */
final class MinimalReplicasTest {
  private static final FlowTable AGENT = new FlowTable(PodPresets.agentPod());

  @Test
  void forRate_fixedRate_roundsUpAndIsAtLeastOne() {
    MinimalReplicas minimal = MinimalReplicas.atRate(3.6);
    assertThat(minimal.forRate(0)).isEqualTo(1);
    assertThat(minimal.forRate(3.6)).isEqualTo(1);
    assertThat(minimal.forRate(3.7)).isEqualTo(2);
    assertThat(minimal.forRate(150)).isEqualTo(42);
  }

  @Test
  void of_agentPod_isTheMeasuredCapacityOfOnePodAndMoreForMany() {
    var slo = new Slo.Latency(Duration.ofMillis(5100));
    MinimalReplicas minimal = MinimalReplicas.of(AGENT, slo);
    // One pod keeps p99 within 5.1 s up to 3.3 to 3.5 requests a second.
    assertThat(minimal.ratePerReplica(1)).isBetween(3.2, 3.55);
    int before = 0;
    for (double rate = 0; rate < 400; rate += 0.7) {
      int replicas = minimal.forRate(rate);
      assertThat(replicas).isGreaterThanOrEqualTo(before);
      assertThat(replicas * minimal.ratePerReplica(replicas)).isGreaterThanOrEqualTo(rate);
      before = replicas;
    }
    assertThat(minimal.ratePerReplica(64)).isGreaterThan(minimal.ratePerReplica(1)).isLessThan(4.7);
  }

  /** With one run a pod and exponential times the steady state is the queue M/M/c. */
  @Test
  void steadyState_ofWorkers_isErlangs() {
    var worker =
        new FlowTable(
            PodModel.of("w", 1, new Distribution.Constant(0), new Distribution.Exponential(1))
                .withCap(1));
    // Someone waits with probability 0.5541 at 5 workers and a load of 4.
    double late = new SteadyState(worker, new Slo.Crowded(1), 5).lateShareAt(4);
    assertThat(late).isCloseTo(0.5541, within(0.001));
  }

  @Test
  void of_objectiveOutOfReach_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MinimalReplicas.of(AGENT, new Slo.Latency(Duration.ofMillis(500))))
        .withMessageContaining("slo: must be within reach of an idle pod");
  }
}
