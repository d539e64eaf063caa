// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.hpa.ScaledObject.Source.Window;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Cron;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * KEDA's cron trigger: in a window, that is while its end comes before its next start, it asks for
 * the window's replicas, else for one and is not active.
 *
 * <p>Source: KEDA's {@code pkg/scalers/cron_scaler.go}.
 */
final class CronTrigger implements KedaTrigger {
  private static final Quantity ONE = Quantity.of(1L);

  private final Window window;
  private Answer answer = new Answer.Known(ONE, false);
  private Instant changes = Instant.MIN;

  CronTrigger(Window window) {
    this.window = window;
  }

  @Override
  public Answer ask(ClusterView view) {
    Instant now = view.now();
    if (!now.isBefore(changes)) {
      Instant start = after(window.start(), now);
      Instant end = after(window.end(), now);
      boolean within = !start.equals(Instant.MAX) && !start.isBefore(end);
      answer = new Answer.Known(within ? Quantity.of((long) window.replicas()) : ONE, within);
      changes = start.isBefore(end) ? start : end;
    }
    return answer;
  }

  private Instant after(Cron cron, Instant now) {
    LocalDateTime from = LocalDateTime.ofInstant(now, window.zone()).plusNanos(1);
    return cron.nextOrSame(from)
        .map(at -> at.atZone(window.zone()).toInstant())
        .orElse(Instant.MAX);
  }
}
