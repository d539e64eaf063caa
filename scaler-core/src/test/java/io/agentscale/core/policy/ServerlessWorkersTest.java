// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.core.policy.ServerlessWorkers.Idle;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The last worker goes only when idleness is known and has lasted; the first comes at once. */
final class ServerlessWorkersTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ServerlessWorkers rule = ServerlessWorkers.DEFAULT;
  private Idle state = rule.initialState();
  private int workers;

  @Test
  void waitingWork_wakesTheFirstWorker() {
    assertThat(at(0, 0)).isZero();
    assertThat(at(15, 1)).isEqualTo(1);
  }

  @Test
  void longQueue_addsOneWorkerATime_upToTheMaximum() {
    workers = 1;
    assertThat(at(0, 5)).isEqualTo(1);
    for (int expected : new int[] {2, 3, 4, 4}) {
      assertThat(at(expected * 15, 6)).isEqualTo(expected);
    }
  }

  @Test
  void idleForTheWholeTimeout_removesOneWorkerATime() {
    workers = 2;
    assertThat(at(0, 0)).isEqualTo(2);
    assertThat(at(299, 0)).isEqualTo(2);
    assertThat(at(300, 0)).isEqualTo(1);
    assertThat(at(599, 0)).isEqualTo(1);
    assertThat(at(600, 0)).isZero();
  }

  @Test
  void workOrSilenceInBetween_startsTheTimeoutAgain() {
    workers = 1;
    at(0, 0);
    at(200, 2);
    assertThat(at(300, 0)).isEqualTo(1);
    step(400, OptionalDouble.empty(), OptionalDouble.empty());
    assertThat(at(650, 0)).isEqualTo(1);
    assertThat(at(950, 0)).isZero();
  }

  @Test
  void runningWork_keepsTheWorker() {
    workers = 1;
    for (int second = 0; second <= 1200; second += 300) {
      step(second, OptionalDouble.of(1), OptionalDouble.of(0));
    }
    assertThat(workers).isEqualTo(1);
  }

  private int at(int second, double backlog) {
    return step(second, OptionalDouble.empty(), OptionalDouble.of(backlog));
  }

  private int step(int second, OptionalDouble demand, OptionalDouble backlog) {
    Load load = new Load(workers, workers, demand, backlog);
    Recommendation<Idle> next = rule.recommend(state, load, START.plusSeconds(second));
    state = next.state();
    workers = next.replicas();
    return workers;
  }
}
