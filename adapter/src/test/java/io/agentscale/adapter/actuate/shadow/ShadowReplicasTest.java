// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A shadow that is faster or slower than the workload shows what would not have happened. */
final class ShadowReplicasTest {
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration LEAD = Duration.ofMinutes(2);

  @Test
  void moreReplicas_comeAfterTheLead() {
    ShadowReplicas shadow = ShadowReplicas.of(2).next(5, LEAD, TEN);
    assertThat(shadow.present()).isEqualTo(2);
    shadow = shadow.next(6, LEAD, TEN.plusSeconds(60));
    assertThat(shadow.next(6, LEAD, TEN.plusSeconds(119)).present()).isEqualTo(2);
    assertThat(shadow.next(6, LEAD, TEN.plusSeconds(120)).present()).isEqualTo(5);
    assertThat(shadow.next(6, LEAD, TEN.plusSeconds(180)).present()).isEqualTo(6);
  }

  @Test
  void fewerReplicas_goAtOnce_thoseStillComingFirst() {
    ShadowReplicas shadow = ShadowReplicas.of(4).next(7, LEAD, TEN);
    shadow = shadow.next(5, LEAD, TEN.plusSeconds(30));
    assertThat(shadow.present()).isEqualTo(4);
    assertThat(shadow.next(5, LEAD, TEN.plusSeconds(120)).present()).isEqualTo(5);
    assertThat(shadow.next(1, LEAD, TEN.plusSeconds(60)).present()).isEqualTo(1);
  }

  @Test
  void anyCourse_endsAtWhatIsAsked_oneLeadLater_clocksSetBackIncluded() {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      ShadowReplicas shadow = ShadowReplicas.of(random.nextInt(10));
      Instant now = TEN;
      int asked = 0;
      for (int step = 0; step < 30; step++) {
        now = now.plusSeconds(random.nextInt(200) - 40L);
        asked = random.nextInt(20);
        shadow = shadow.next(asked, LEAD, now);
        assertThat(shadow.present()).isBetween(0, asked);
      }
      assertThat(shadow.next(asked, LEAD, now.plus(LEAD)).present()).isEqualTo(asked);
    }
  }

  @Test
  void noLead_isAtOnce() {
    assertThat(ShadowReplicas.of(0).next(3, Duration.ZERO, TEN).present()).isEqualTo(3);
  }
}
