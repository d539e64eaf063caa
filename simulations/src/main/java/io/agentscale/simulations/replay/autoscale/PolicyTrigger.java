// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.keda.ActivityMemory;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A trigger on the demand of a policy of this project, answered by the code that answers KEDA. */
final class PolicyTrigger implements KedaTrigger {
  private final PolicyDefinition definition;
  private final PolicyLoop loop;
  private ActivityMemory activity = new ActivityMemory();
  private @Nullable DecisionRecord latest;

  PolicyTrigger(PolicyDefinition definition, Signal demand, Optional<ForecastPlan> forecast) {
    this.definition = definition;
    loop = new PolicyLoop(definition.settings(), demand, forecast);
  }

  /** Lets the policy decide, which it does by itself as often as an HPA looks. */
  PolicyDecision decide(ClusterView view) {
    PolicyDecision decision = loop.decide(view);
    DecisionRecord record =
        new DecisionRecord(
            definition.key(),
            view.now(),
            view.replicas(),
            view.ready(),
            loop.live(view),
            decision,
            Optional.empty(),
            Optional.empty(),
            List.of());
    latest = record;
    activity.note(snapshot(record));
    return decision;
  }

  /** Knows nothing until the policy decides again. */
  void restart() {
    loop.restart();
    activity = new ActivityMemory();
    latest = null;
  }

  @Override
  public Answer ask(ClusterView view) {
    DecisionRecord record = latest;
    if (record == null) {
      return new Answer.Failed("the policy has not decided yet");
    }
    return switch (record.decision().served()) {
      case ServedDemand.Known served ->
          new Answer.Known(
              served.demand(), activity.isActive(snapshot(record), record, view.now()));
      case ServedDemand.Unknown(String cause) -> new Answer.Failed(cause);
    };
  }

  private PolicySnapshot snapshot(DecisionRecord record) {
    return new PolicySnapshot(definition, Optional.of(record), List.of(), List.of());
  }

  String reason() {
    return loop.reason();
  }

  Optional<ForecastScore> forecastScore() {
    return loop.forecastScore();
  }
}
