// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.Optional;

/** One autoscaler during one replay. */
public interface Session {
  /** Returns how many replicas there should be from now on. */
  int decide(ClusterView view);

  /**
   * Returns when it looks by itself, whatever the decisions' interval is, in seconds since the
   * start; infinity if never.
   */
  default double nextPoll() {
    return Double.POSITIVE_INFINITY;
  }

  /** Looks by itself, and returns how many replicas there should be from now on. */
  default int poll(ClusterView view) {
    return view.replicas();
  }

  /**
   * A controller has restarted, and what it had in memory is lost.
   *
   * @param seconds since the start
   */
  default void restart(Controller controller, double seconds) {}

  /** Says why the last decision was what it was. */
  String reason();

  /** Returns the last decision of the policy in it, if there is one. */
  default Optional<PolicyDecision> policyDecision() {
    return Optional.empty();
  }

  /** Tells whether it looks at latencies, which cost time to measure. */
  default boolean readsLatency() {
    return false;
  }

  /** Returns how good its forecasts were, if it makes any. */
  default Optional<ForecastScore> forecastScore() {
    return Optional.empty();
  }
}
