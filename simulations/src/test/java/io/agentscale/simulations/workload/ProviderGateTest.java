// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A quota that does not bind makes replicas look useful that only wait. */
final class ProviderGateTest {

  @Test
  void take_withinTheQuota_doesNotWait() {
    var gate = new ProviderGate(ProviderLimit.of(6000));
    for (int second = 0; second < 600; second++) {
      assertThat(gate.take(second, 60)).isZero();
    }
    assertThat(gate.stretch(600)).isEqualTo(1);
  }

  @Test
  void take_beyondTheQuota_waitsForIt() {
    var gate = new ProviderGate(ProviderLimit.of(6000));
    double waits = 0;
    for (int second = 0; second < 120; second++) {
      waits = gate.take(second, 200);
    }
    // 24,000 taken, 6,000 there at first and 100 more a second.
    assertThat(waits).isCloseTo((24_000 - 6_000 - 11_900) / 100.0, within(1e-6));
    assertThat(gate.stretch(120)).isEqualTo(2);
  }
}
