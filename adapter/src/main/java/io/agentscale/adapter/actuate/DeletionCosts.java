// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.PodRuns.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs to delete a pod: ten for each run in flight, and up to nine for the age of the
 * oldest, one for each doubling from {@code longRun} on, so that a cost seldom changes while
 * nothing starts or ends. An idle pod costs nothing, which is what a pod without the annotation
 * costs; one of which nothing is known costs as much as the busiest.
 *
 * @param pods what is known, by name
 * @param longRun the age that counts one
 */
record DeletionCosts(Map<String, Runs> pods, Duration longRun) {
  private static final int PER_RUN = 10;
  private static final long RUNS_MAX = 1_000_000;

  int of(String pod) {
    return Optional.ofNullable(pods.get(pod)).map(this::cost).orElseGet(this::unknown);
  }

  /** Returns all runs there are. */
  long inFlight() {
    return pods.values().stream().mapToLong(Runs::inFlight).sum();
  }

  private int unknown() {
    return Math.max(PER_RUN, pods.values().stream().mapToInt(this::cost).max().orElse(PER_RUN));
  }

  private int cost(Runs runs) {
    if (runs.inFlight() <= 0) {
      return 0;
    }
    int counted = (int) Math.min(runs.inFlight(), RUNS_MAX);
    return counted * PER_RUN + runs.oldest().map(this::age).orElse(0);
  }

  private int age(Duration oldest) {
    if (longRun.isZero() || oldest.compareTo(longRun) < 0) {
      return 0;
    }
    long times = oldest.dividedBy(longRun);
    return (int) Math.min(PER_RUN - 1L, Long.SIZE - Long.numberOfLeadingZeros(times));
  }
}
