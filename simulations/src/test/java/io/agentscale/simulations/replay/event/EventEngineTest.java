// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.replay.ReplayResult;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.Requests;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.FixedReplicas;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.score.Goal;
import io.agentscale.simulations.score.MinimalReplicas;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodModel.Tokens;
import io.agentscale.simulations.workload.PodPresets;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine every other result is checked against has to agree with queueing theory itself. */
final class EventEngineTest {
  private static final Workload AGENT = Workload.of(PodPresets.agentPod());
  private static final Goal GOAL =
      new Goal(new Slo.Latency(Duration.ofMillis(5100)), MinimalReplicas.atRate(3.6));

  private static Score run(Traffic traffic, Workload workload, int replicas, long seed) {
    ReplayResult result =
        new EventEngine(ReplaySettings.of(GOAL).withWarmUp(Duration.ofMinutes(30)))
            .run(
                traffic,
                workload,
                Cluster.of(replicas, new Distribution.Constant(60)),
                new FixedReplicas("fixed", replicas),
                seed,
                TimelineListener.NONE);
    return result.score();
  }

  /** Workers, load and the mean time in the queue M/M/c by Erlang's formula, at 1 a second each. */
  @ParameterizedTest
  @CsvSource({"1,0.7,3.3333", "2,1.6,2.7778", "5,4,1.5541", "20,17,1.1346"})
  void workers_areErlangs(int workers, double rate, double meanSeconds) {
    PodModel worker =
        PodModel.of("w", 1, new Distribution.Constant(0), new Distribution.Exponential(1))
            .withCap(1);
    Score score =
        run(
            Rates.steady(rate, Duration.ofHours(20 + (long) (250 / rate))),
            Workload.of(worker),
            workers,
            workers);
    assertThat(score.latency().meanMillis() / 1000)
        .isCloseTo(meanSeconds, within(0.03 * meanSeconds));
  }

  /** Whatever the work's shape, processor sharing takes its mean over what is idle. */
  @ParameterizedTest
  @CsvSource({"0", "0.5", "1.2"})
  void sharedProcessor_isInsensitiveToTheShape(double sigma) {
    PodModel pod =
        PodModel.of("ps", 1, new Distribution.Constant(0), new Distribution.Lognormal(0.5, sigma));
    Score score = run(Rates.steady(1.4, Duration.ofDays(5)), Workload.of(pod), 1, 11);
    assertThat(score.latency().meanMillis() / 1000)
        .isCloseTo(0.5 / (1 - 0.7), within(0.03 * 0.5 / 0.3));
  }

  /** Cap, rate and p99 of one agent pod, as simulated before by other code. */
  @ParameterizedTest
  @CsvSource({"20,3.0,4.4", "20,3.6,6.0", "12,3.3,4.7", "12,3.6,5.3", "12,3.9,6.3"})
  void agentPod_hasThePublishedPercentiles(int cap, double rate, double p99Seconds) {
    Workload workload = Workload.of(PodPresets.agentPod().withCap(cap));
    Score score = run(Rates.steady(rate, Duration.ofHours(60)), workload, 1, 3);
    assertThat(score.latency().p99Millis() / 1000).isCloseTo(p99Seconds, within(0.06 * p99Seconds));
  }

  @Test
  void uncappedPod_collapses_cappedOneDoesNot() {
    Rates busy = Rates.steady(4.2, Duration.ofHours(6));
    Workload uncapped = Workload.of(PodPresets.agentPod().withoutCap());
    for (int seed = 0; seed < 5; seed++) {
      assertThat(run(busy, uncapped, 1, seed).runs().unfinished()).isGreaterThan(1000);
      assertThat(run(busy, AGENT, 1, seed).runs().unfinished()).isLessThan(200);
    }
  }

  @Test
  void run_sameSeed_sameResult() {
    Rates traffic = Rates.steady(20, Duration.ofHours(2));
    assertThat(run(traffic, AGENT, 6, 5)).isEqualTo(run(traffic, AGENT, 6, 5));
    assertThat(run(traffic, AGENT, 6, 5)).isNotEqualTo(run(traffic, AGENT, 6, 6));
  }

  @Test
  void tokens_ofTheTrace_decideHowLongRunsTake() {
    PodModel server =
        PodPresets.llmServer(50, 1000, 16, 0.5, 1).withTokens(new Tokens(1, 0.001, 1.0 / 50));
    List<Double> seconds = IntStream.range(0, 400).mapToObj(i -> i * 30.0).toList();
    Score score = run(new Requests(seconds, 2000, 150), Workload.of(server), 1, 1);
    assertThat(score.latency().p50Millis()).isCloseTo(2000 + 3000, within(5.0));
    assertThat(score.runs().arrived()).isEqualTo(340);
  }

  @Test
  void noPod_runsWaitAndAreLate() {
    Score score = run(Rates.steady(1, Duration.ofHours(1)), AGENT, 0, 1);
    assertThat(score.runs().served()).isZero();
    assertThat(score.runs().unfinished()).isGreaterThan(3000);
    assertThat(score.latency().latePercent()).isGreaterThan(99);
    assertThat(score.waiting().most()).isEqualTo(score.runs().unfinished());
    assertThat(score.waiting().longestMillis()).isBetween(3_590_000.0, 3_600_000.0);
  }

  /**
   * Five at once on one pod that takes one at a time: four wait, the last one four times as long.
   */
  @Test
  void waiting_isMeasuredRunByRun() {
    PodModel one =
        PodModel.of("one", 1, new Distribution.Constant(0), new Distribution.Constant(10))
            .withCap(1);
    List<Double> seconds = List.of(5.0, 5.0, 5.0, 5.0, 5.0, 90.0);
    Score score = run(new Requests(seconds, 1, 1), Workload.of(one), 1, 1);
    assertThat(score.waiting().most()).isEqualTo(4);
    assertThat(score.waiting().longestMillis()).isCloseTo(40_000, within(1.0));
  }
}
