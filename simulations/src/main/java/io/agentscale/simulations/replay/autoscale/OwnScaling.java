// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.actuate.OwnCount;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.QueueStep.LastChange;
import io.agentscale.core.policy.Recommendation;
import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A policy that scales its target itself, a step at a time.
 *
 * @param name in tables
 * @param definition of the policy, whose actuation is {@link Actuation.OwnScale}
 * @param demand what its live demand is
 * @param forecast how it forecasts, where it does
 */
public record OwnScaling(
    String name, PolicyDefinition definition, Signal demand, Optional<ForecastPlan> forecast)
    implements Autoscaler {

  public OwnScaling {
    if (!(definition.actuation() instanceof Actuation.OwnScale)) {
      throw new IllegalArgumentException(
          "actuation: must be OwnScale, was: " + definition.actuation());
    }
  }

  @Override
  public Session begin(SessionContext context) {
    return new Running(this);
  }

  /** Its memory during a replay. */
  private static final class Running implements Session {
    private final OwnScaling scaling;
    private final Actuation.OwnScale own;
    private final PolicyLoop loop;
    private final Optional<LastReplica> last;
    private LastChange state = new LastChange(Optional.empty());
    private String reason = "";

    Running(OwnScaling scaling) {
      this.scaling = scaling;
      own = (Actuation.OwnScale) scaling.definition().actuation();
      loop = new PolicyLoop(scaling.definition().settings(), scaling.demand(), scaling.forecast());
      last = scaling.definition().activation().map(LastReplica::new);
    }

    @Override
    public int decide(ClusterView view) {
      PolicyDecision decision = loop.decide(view);
      OptionalInt crossing =
          last.isPresent() ? last.get().decide(view, decision, List.of()) : OptionalInt.empty();
      if (crossing.isPresent()) {
        reason = last.get().because();
        return crossing.getAsInt();
      }
      Recommendation<LastChange> next =
          own.rule()
              .recommend(state, OwnCount.load(view.replicas(), view.ready(), decision), view.now());
      reason = next.reason();
      // Which pods are busy with a long run is not known of a replay.
      int replicas =
          OwnCount.bounded(
              scaling.definition(), view.replicas(), next.replicas(), decision, () -> 0);
      if (replicas != view.replicas()) {
        state = new LastChange(Optional.of(view.now()));
      }
      return replicas;
    }

    /** When the count was last changed stays known, since that is written on the policy. */
    @Override
    public void restart(Controller controller, double seconds) {
      if (controller == Controller.AGENTSCALE) {
        loop.restart();
        last.ifPresent(LastReplica::restart);
      }
    }

    @Override
    public String reason() {
      String why = loop.reason();
      return why.isEmpty() ? "" : why + "; " + reason;
    }

    @Override
    public Optional<PolicyDecision> policyDecision() {
      return loop.last();
    }

    @Override
    public Optional<ForecastScore> forecastScore() {
      return loop.forecastScore();
    }
  }
}
