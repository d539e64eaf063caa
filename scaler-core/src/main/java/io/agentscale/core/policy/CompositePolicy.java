// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The policy of this project: {@code max(live, schedule, forecast)} within bounds and quota.
 *
 * <p>The largest proposal wins, so that a forecast or a schedule only adds to what the live demand
 * asks for; then a quota, a scheduled ceiling and the maximum may lower it, or an exact schedule
 * override it. Live demand that is not known now is replaced by the last known one for a while, and
 * the replicas there are stay; after that the policy says that it does not know. Bounds come before
 * the quota: it never asks for fewer than the minimum.
 *
 * @param settings what its author wrote
 */
public record CompositePolicy(PolicySettings settings) implements Recommender<PolicyState> {
  private static final String SOURCE = "load";

  @Override
  public PolicyState initialState() {
    return PolicyState.INITIAL;
  }

  /** Returns the decision with its explanation. */
  public PolicyDecision decide(PolicyState state, PolicyObservation observation, Instant now) {
    PolicyStep step = new PolicyStep(settings, state, observation, now);
    PolicyOutcome outcome = step.outcome();
    return new PolicyDecision(
        outcome.replicas(),
        outcome.served(),
        outcome.state(),
        new PolicyWords(settings, observation, now, step, outcome).explanation());
  }

  /** Returns what {@link #decide} does, at a fraction of the time. */
  public PolicyOutcome outcome(PolicyState state, PolicyObservation observation, Instant now) {
    return new PolicyStep(settings, state, observation, now).outcome();
  }

  @Override
  public Recommendation<PolicyState> recommend(PolicyState state, Load load, Instant now) {
    PolicyDecision decision = decide(state, observation(load, now), now);
    Explanation explanation = decision.explanation();
    return new Recommendation<>(
        decision.replicas(), decision.state(), ExplanationText.headline(explanation));
  }

  private static PolicyObservation observation(Load load, Instant now) {
    OptionalDouble demand = load.demand();
    LiveDemand live =
        demand.isPresent()
            ? new LiveDemand.Known(Capacity.roundedUp(demand.getAsDouble()), now, SOURCE)
            : new LiveDemand.Unknown(SOURCE, "no sample");
    return new PolicyObservation(
        load.replicas(), load.readyReplicas(), live, load.foresight(), Optional.empty());
  }
}
