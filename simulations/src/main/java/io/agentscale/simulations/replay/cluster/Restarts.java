// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * When controllers restart. A restart takes no time, and costs a controller what it has in memory:
 * what is stored with objects, or read again from a history, it keeps.
 *
 * @param all in order of time
 */
public record Restarts(List<Restart> all) {
  /** No controller ever restarts. */
  public static final Restarts NONE = new Restarts(List.of());

  /** What restarts. */
  public enum Controller {
    /** Kubernetes' controller of HorizontalPodAutoscalers, in the controller manager. */
    HPA,
    /** KEDA's operator. */
    KEDA,
    /** The service of this project. */
    AGENTSCALE
  }

  /**
   * One restart.
   *
   * @param controller that restarts
   * @param after the replay's start
   */
  public record Restart(Controller controller, Duration after) {
    public Restart {
      if (after.isNegative()) {
        throw new IllegalArgumentException("after: must not be negative, was: " + after);
      }
    }

    double seconds() {
      return after.toNanos() / 1e9;
    }
  }

  /** Returns those of a replay that begins so much later. */
  Restarts begunAfter(Duration skipped) {
    return new Restarts(
        all.stream()
            .filter(each -> each.after().compareTo(skipped) >= 0)
            .map(each -> new Restart(each.controller(), each.after().minus(skipped)))
            .toList());
  }

  public Restarts {
    all = all.stream().sorted(Comparator.comparing(Restart::after)).toList();
  }
}
