// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.hpa.ScaledObject.Source.Window;
import io.agentscale.core.metric.Quantity;
import io.agentscale.simulations.replay.autoscale.KedaTrigger.Answer;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window that is an hour off, or does not span midnight, has the wrong replicas all day. */
final class CronTriggerTest {

  @ParameterizedTest(name = "{1} to {2}, {0}, at {3}: {4}")
  @CsvSource({
    "UTC,           0 9 * * *,   0 17 * * *,  2026-01-05T08:59:59Z, false",
    "UTC,           0 9 * * *,   0 17 * * *,  2026-01-05T09:00:00Z, true",
    "UTC,           0 9 * * *,   0 17 * * *,  2026-01-05T16:59:59Z, true",
    "UTC,           0 9 * * *,   0 17 * * *,  2026-01-05T17:00:00Z, false",
    "Asia/Shanghai, 0 9 * * *,   0 17 * * *,  2026-01-05T01:00:00Z, true",
    "Asia/Shanghai, 0 9 * * *,   0 17 * * *,  2026-01-05T09:00:00Z, false",
    "UTC,           0 22 * * *,  0 6 * * *,   2026-01-05T00:00:00Z, true",
    "UTC,           0 22 * * *,  0 6 * * *,   2026-01-05T12:00:00Z, false",
    "UTC,           0 8 * * 1-5, 0 20 * * 1-5, 2026-01-10T12:00:00Z, false",
    // The end of summer time: one hour comes twice.
    "Europe/Berlin, 0 9 * * *,   0 17 * * *,  2026-10-25T08:00:00Z, true",
    "Europe/Berlin, 0 9 * * *,   0 17 * * *,  2026-10-24T07:00:00Z, true",
    "Europe/Berlin, 0 9 * * *,   0 17 * * *,  2026-10-25T07:30:00Z, false",
  })
  void ask_isActiveInItsWindow(String zone, String start, String end, Instant now, boolean active) {
    var window =
        (Window)
            ScaledObjects.parse(
                    "minReplicaCount: 0",
                    "{type: cron, metadata: {timezone: %s, start: '%s', end: '%s',"
                            .formatted(zone, start, end)
                        + " desiredReplicas: '7'}}")
                .triggers()
                .getFirst()
                .source();
    assertThat(new CronTrigger(window).ask(new StillView(now)))
        .isEqualTo(new Answer.Known(Quantity.of(active ? 7L : 1L), active));
  }
}
