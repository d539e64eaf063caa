// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.simulations.replay.cluster.Misses.Kind;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What of the load a metric measures; of a Pods metric, the share of one ready pod. */
public enum Signal {
  /** Runs in pods. */
  RUNS("runs"),
  /** Runs waiting outside pods. */
  WAITING("waiting"),
  /** Runs in pods and waiting. */
  DEMAND("demand"),
  /** Runs that arrive a second, over the rate window. */
  REQUESTS_PER_SECOND("requests-per-second"),
  /** Tokens used a minute, over the rate window. */
  TOKENS_PER_MINUTE("tokens-per-minute"),
  /** The 99th percentile of how long runs took that ended in the rate window, in seconds. */
  LATENCY_P99_SECONDS("latency-p99-seconds"),
  /** The demand a policy serves; only behind a policy. */
  SERVED_DEMAND("served-demand");

  private final String text;

  Signal(String text) {
    this.text = text;
  }

  /** Returns what a pod's share of it is made of. */
  Kind kind() {
    return switch (this) {
      case RUNS, WAITING, DEMAND, SERVED_DEMAND -> Kind.GAUGE;
      case REQUESTS_PER_SECOND, TOKENS_PER_MINUTE, LATENCY_P99_SECONDS -> Kind.RATE;
    };
  }

  /** Returns how a scenario writes it. */
  public String text() {
    return text;
  }

  /**
   * Reads it as a scenario writes it.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static Signal of(String text) {
    for (Signal signal : values()) {
      if (signal.text.equals(text)) {
        return signal;
      }
    }
    throw new IllegalArgumentException("signal: must be one of " + known() + ", was: " + text);
  }

  static String known() {
    return Arrays.stream(values()).map(Signal::text).collect(Collectors.joining(", "));
  }
}
