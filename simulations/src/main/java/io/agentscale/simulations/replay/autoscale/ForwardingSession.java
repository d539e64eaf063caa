// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.Optional;

/** A session that lets another decide. */
abstract class ForwardingSession implements Session {
  private final Session session;

  ForwardingSession(Session session) {
    this.session = session;
  }

  @Override
  public int decide(ClusterView view) {
    return session.decide(view);
  }

  @Override
  public double nextPoll() {
    return session.nextPoll();
  }

  @Override
  public int poll(ClusterView view) {
    return session.poll(view);
  }

  @Override
  public void restart(Controller controller, double seconds) {
    session.restart(controller, seconds);
  }

  @Override
  public String reason() {
    return session.reason();
  }

  @Override
  public boolean readsLatency() {
    return session.readsLatency();
  }

  @Override
  public Optional<PolicyDecision> policyDecision() {
    return session.policyDecision();
  }

  @Override
  public Optional<ForecastScore> forecastScore() {
    return session.forecastScore();
  }
}
