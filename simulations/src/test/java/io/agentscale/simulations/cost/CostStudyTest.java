// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.simulations.cost.Overflow.Serverless;
import io.agentscale.simulations.cost.Overflow.TokenApi;
import io.agentscale.simulations.replay.Rates;
import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Money decides; a forgotten idle minute or cold start moves the break-even by half. */
final class CostStudyTest {
  private static final Offset<Double> CENT = within(0.005);

  @Test
  void tokenApi_costsByTheToken() {
    CostStudy study =
        CostStudy.of(
            Rates.steady(10, Duration.ofHours(1)),
            new Owned("A100", 2, 5),
            new TokenApi(0.002, 500));
    assertThat(study.overflowOnly().money()).isCloseTo(36_000 * 0.5 * 0.002, CENT);
    assertThat(study.ownedOnly().money()).isCloseTo(4, CENT);
    assertThat(study.mixes()).hasSize(3);
    assertThat(study.mixes().get(1).ownedSharePercent()).isCloseTo(50, within(1e-9));
    // 2 an hour is 3,600 s times so many requests at 0.001.
    assertThat(study.breakEvenRequestsPerSecond()).isCloseTo(2 / 3.6, within(1e-9));
    assertThat(study.best()).isEqualTo(study.ownedOnly());
  }

  @Test
  void serverless_billsColdStartsAndIdleTime() {
    var platform =
        new Serverless(
            0.01,
            Duration.ofSeconds(1),
            new Distribution.Constant(20),
            2,
            1,
            Duration.ofMinutes(5),
            true,
            100);
    // Two workers for ten minutes of every hour, twice.
    var bursts = new Rates(Duration.ofMinutes(10), 12, step -> step % 6 == 1 ? 1 : 0);
    Mix mix = CostStudy.of(bursts, new Owned("GPU", 1, 10), platform).overflowOnly();
    double busy = 2 * 2 * 600;
    double idle = 2 * 2 * 300;
    double cold = 2 * 2 * 20.5;
    assertThat(mix.money()).isCloseTo(0.01 * (busy + idle + cold), CENT);
    assertThat(mix.overflow().coldStarts()).isEqualTo(4);
    assertThat(mix.overflow().requests()).isCloseTo(1200, within(1e-6));
    assertThat(mix.overflow().waitedForStart()).isCloseTo(40, within(1e-6));
  }

  @Test
  void serverless_tooFewWorkers_reject() {
    Serverless platform = Serverless.functions(0.01, 2).withMostWorkers(4);
    Mix mix =
        CostStudy.of(Rates.steady(4, Duration.ofHours(1)), new Owned("GPU", 1, 10), platform)
            .overflowOnly();
    assertThat(mix.overflow().rejected()).isCloseTo(7200, within(1e-6));
    assertThat(mix.money()).isCloseTo(0.01 * (4 * 3600 + 4 * 1.0005), CENT);
  }

  @Test
  void serverless_rareRequests_startColdUnlessAnotherCameJustBefore() {
    Serverless platform = Serverless.containers(0.001, 3, 1);
    Mix mix =
        CostStudy.of(
                Rates.steady(1.0 / 300, Duration.ofHours(100)), new Owned("GPU", 1, 10), platform)
            .overflowOnly();
    // One in 300 s on average, and five minutes idle: 1 / e of them find no worker.
    assertThat(mix.overflow().coldStarts()).isCloseTo(1200 / Math.E, within(1.0));
    double warmShare = 1 - Math.exp(-303.0 / 300);
    double cold = 1200 / Math.E * 18;
    assertThat(mix.money()).isCloseTo(0.001 * (360_000 * warmShare + cold), within(0.5));
  }

  @Test
  void best_isAMixtureWhereTheBaseIsSteadyAndPeaksAreRare() {
    Owned owned = Owned.perMonth("A100", 1200, 5);
    var day = new Rates(Duration.ofHours(1), 720, hour -> hour % 24 == 12 ? 20 : 5);
    CostStudy study = CostStudy.of(day, owned, new TokenApi(0.0004, 1000));
    assertThat(study.best().owned()).isEqualTo(1);
    assertThat(study.best().money())
        .isLessThan(study.ownedOnly().money())
        .isLessThan(study.overflowOnly().money());
    assertThat(study.best().ownedSharePercent()).isBetween(60.0, 95.0);
  }
}
