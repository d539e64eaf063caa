// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import io.agentscale.core.schedule.Spans;
import io.agentscale.simulations.tune.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lines that say how far a tuning is and how long it will take, now and then. */
final class SearchProgress implements Progress {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final InstantSource clock;
  private Instant begun;
  private Instant said;

  SearchProgress(PrintWriter err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
    begun = clock.instant();
    said = begun;
  }

  @Override
  public synchronized void reached(Work work, int done, int total) {
    Instant now = clock.instant();
    if (done == 0) {
      begun = now;
      said = now;
      return;
    }
    if (done < total && now.isBefore(said.plus(QUIET))) {
      return;
    }
    said = now;
    Duration passed = Duration.between(begun, now);
    Duration left = passed.multipliedBy(Math.max(0, total - done)).dividedBy(done);
    err.printf(
        "%d of %d %s in %s, %s left%n",
        done, total, work.text(), Spans.text(whole(passed)), Spans.text(whole(left)));
    err.flush();
  }

  private static Duration whole(Duration duration) {
    return Duration.ofSeconds(duration.toSeconds());
  }
}
