// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.fit.WorkloadFit.Fitted;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A fit that is off makes every target tuned with it wrong. */
final class WorkloadFitTest {

  static MeasuredRow row(int runs, double success, double mean, double p99) {
    return new MeasuredRow(
        runs, OptionalDouble.of(success), mean, OptionalDouble.of(p99), OptionalDouble.empty());
  }

  @Test
  void fit_measuredPod_isWithinThePublishedErrors() {
    Fitted fitted =
        new WorkloadFit(
                2,
                List.of(
                    row(5, 100, 1820, 3200),
                    row(10, 100, 2340, 5100),
                    row(20, 99.3, 4180, 9800),
                    row(30, 97.1, 8920, 22_000)))
            .fit();
    PodModel pod = fitted.model();
    assertThat(pod.delay().meanSeconds()).isCloseTo(1.340, within(0.01));
    assertThat(pod.work().meanSeconds()).isCloseTo(0.4242, within(0.003));
    assertThat(pod.crowding().knee()).isBetween(20.0, 22.0);
    assertThat(pod.crowding().perRun()).isCloseTo(0.040, within(0.006));
    assertThat(pod.hazard().knee()).isCloseTo(9.6, within(0.5));
    assertThat(pod.hazard().perRun()).isCloseTo(1.62e-4, within(5e-6));
    assertThat(fitted.meanRmsPercent()).isLessThan(1.6);
    assertThat(fitted.p99RmsPercent()).isLessThan(7.1);
    assertThat(fitted.rows())
        .allSatisfy(
            row ->
                assertThat(row.successPercent())
                    .isCloseTo(row.measured().successPercent().orElseThrow(), within(0.05)));
  }

  @Test
  void construct_tooFewRows_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new WorkloadFit(2, List.of(row(5, 100, 1, 2), row(5, 100, 1, 2), row(6, 1, 1, 2))))
        .withMessage(
            "rows: must be at least 3, each of another concurrency, were 3 of 2 concurrencies");
  }
}
