// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pod is the ground of every simulated figure: it must be the measured one. */
final class ClosedLoopTest {
  private final PodModel pod = PodPresets.agentPod().withoutCap();

  @ParameterizedTest
  @CsvSource({"1", "5", "12", "20", "30"})
  void simulatedMean_isTheExactOne(int runs) {
    double[] seconds = new ClosedLoop(pod).seconds(runs, 60_000, 1);
    double exact = ClosedPod.of(pod, runs).meanSeconds();
    assertThat(Arrays.stream(seconds).average().orElseThrow())
        .isCloseTo(exact, within(0.015 * exact));
  }

  /** Concurrency, mean and p99 measured, the error allowed in percent. */
  @ParameterizedTest
  @CsvSource({
    "5,1820,3200,1.5,5",
    "10,2340,5100,2.5,14",
    "20,4180,9800,2,4",
    "30,8920,22000,0.5,6"
  })
  void agentPod_isTheMeasuredTable(
      int runs, double meanMillis, double p99Millis, double meanError, double p99Error) {
    double mean = ClosedPod.of(pod, runs).meanSeconds() * 1000;
    double[] seconds = new ClosedLoop(pod).seconds(runs, 200_000, 2);
    double p99 = seconds[(int) (0.99 * seconds.length)] * 1000;
    assertThat(mean).isCloseTo(meanMillis, within(meanMillis * meanError / 100));
    assertThat(p99).isCloseTo(p99Millis, within(p99Millis * p99Error / 100));
  }

  /** Runs in the pod and the runs it ends a second, as tabulated for the fluid engine. */
  @ParameterizedTest
  @CsvSource({"1,.57", "5,2.72", "8,3.91", "12,4.61", "15,4.70", "20,4.71", "25,3.93", "40,2.62"})
  void throughput_isTheFlowEquivalentServers(int runs, double perSecond) {
    assertThat(ClosedPod.of(pod, runs).runsPerSecond()).isCloseTo(perSecond, within(0.02));
  }

  @Test
  void flowTable_knowsHowLongRunsTake() {
    var flow = new FlowTable(PodPresets.agentPod());
    assertThat(flow.shareAbove(0.01, 5)).isEqualTo(1);
    assertThat(flow.shareAbove(60, 5)).isZero();
    assertThat(flow.shareAbove(3.3, 5)).isCloseTo(0.01, within(0.006));
    assertThat(flow.runsPerSecond(6.5)).isBetween(flow.runsPerSecond(6), flow.runsPerSecond(7));
    assertThat(flow.failingShare(9)).isZero();
    assertThat(flow.failingShare(12)).isPositive();
    assertThat(flow.peak()).isEqualTo(12);
  }

  @Test
  void modelServer_sharesItsPeak() {
    PodModel server = PodPresets.llmServer(40, 800, 32, 0.2, 400);
    ClosedPod alone = ClosedPod.of(server, 1);
    assertThat(alone.meanSeconds()).isCloseTo(10.2, within(0.01));
    ClosedPod full = ClosedPod.of(server, 32);
    assertThat(full.runsPerSecond() * 400).isBetween(780.0, 800.0);
  }
}
