// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentscale.simulations.replay.cluster.MetricsLag.Outage;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A day replayed by itself must have the trouble it has in the whole replay, at the same time. */
final class ClusterTest {
  private static final Cluster TROUBLED =
      Cluster.of(2, new Distribution.Constant(60))
          .withMetrics(
              MetricsLag.DEFAULT.withOutages(
                  List.of(outage(60, 10), outage(100, 20), outage(200, 5))))
          .withRestarts(
              new Restarts(List.of(restart(Controller.HPA, 150), restart(Controller.KEDA, 90))));

  private static Outage outage(int after, int length) {
    return new Outage(Duration.ofMinutes(after), Duration.ofMinutes(length));
  }

  private static Restart restart(Controller controller, int after) {
    return new Restart(controller, Duration.ofMinutes(after));
  }

  @Test
  void begunAfter_whatIsOverIsGoneAndTheRestComesAtItsTime() {
    Cluster later = TROUBLED.begunAfter(Duration.ofMinutes(110));
    assertThat(later.metrics().outages()).containsExactly(outage(0, 10), outage(90, 5));
    assertThat(later.restarts().all()).containsExactly(restart(Controller.HPA, 40));
    assertThat(TROUBLED.begunAfter(Duration.ZERO)).isEqualTo(TROUBLED);
    assertThat(TROUBLED.begunAfter(Duration.ofHours(9)))
        .isEqualTo(TROUBLED.withMetrics(MetricsLag.DEFAULT).withRestarts(Restarts.NONE));
  }

  @Test
  void restarts_areInOrderWhateverTheirControllers() {
    assertThat(TROUBLED.restarts().all()).extracting(Restart::after).isSorted();
    var calendar = new RestartCalendar(TROUBLED.restarts());
    assertThat(calendar.next()).isEqualTo(5400);
    assertThat(calendar.take()).isEqualTo(Controller.KEDA);
    assertThat(calendar.take()).isEqualTo(Controller.HPA);
    assertThat(calendar.next()).isInfinite();
  }

  @Test
  void missingPods_thatAreNoShare_areRefused() {
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MetricsLag.DEFAULT.withMissingPods(share))
          .withMessage("missingPods: must be at least 0 and below 1, or 100 %%, was: %s", share);
    }
  }
}
