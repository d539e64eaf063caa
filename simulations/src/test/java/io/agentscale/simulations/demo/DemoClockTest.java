// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock ahead of the real one would make certificates that are not valid yet. */
final class DemoClockTest {
  private Instant real = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void instant_standsStillUntilItRuns_thenADayTakesEightMinutes() {
    DemoClock clock = new DemoClock(() -> real);
    real = real.plusSeconds(30);
    assertThat(clock.instant()).isEqualTo("2026-03-01T07:30:00Z").isEqualTo(clock.start());

    clock.run();
    assertThat(clock.instant()).isEqualTo(clock.start());

    real = real.plusSeconds(8 * 60);
    clock.run();
    assertThat(clock.instant()).isEqualTo("2026-03-02T07:30:00Z");
  }
}
