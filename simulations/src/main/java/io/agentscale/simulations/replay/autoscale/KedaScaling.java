// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.keda.Trigger;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.HpaSettings;
import java.util.Optional;

/**
 * A ScaledObject: KEDA wakes the workload from none and lets it sleep again, its HPA scales
 * between. The HPA rests while there is no replica.
 *
 * @param name in tables
 * @param object as applied
 * @param controller settings of the HPA's controller
 * @param signals what metrics measure, by their names
 * @param query what a query measures whose trigger has no name among them
 * @param policy the one its triggers ask for, if they do
 */
public record KedaScaling(
    String name,
    ScaledObject object,
    HpaSettings controller,
    Signals signals,
    Optional<Signal> query,
    Optional<Followed> policy)
    implements Autoscaler {

  /**
   * A policy that triggers ask for.
   *
   * @param definition as applied
   * @param demand what its live demand is
   * @param forecast how it forecasts, where it does
   */
  public record Followed(
      PolicyDefinition definition, Signal demand, Optional<ForecastPlan> forecast) {}

  @Override
  public Session begin(SessionContext context) {
    return new KedaSession(this, context);
  }

  /** Returns what a trigger measures; empty for one that measures nothing of the load. */
  Optional<Signal> signal(ScaledObject.Trigger trigger) {
    return switch (trigger.source()) {
      case ScaledObject.Source.Query(Optional<String> named, _) ->
          Optional.of(ofQuery(trigger.field(), named));
      case ScaledObject.Source.Ours(Trigger.OfMetric metric, _) ->
          Optional.of(signals.of(metric.metric()));
      case ScaledObject.Source.Ours(Trigger.OfPolicy _, _) -> Optional.empty();
      case ScaledObject.Source.Window _, ScaledObject.Source.Resource _ -> Optional.empty();
    };
  }

  private Signal ofQuery(String field, Optional<String> named) {
    if (named.isPresent() && (signals.knows(named.get()) || query.isEmpty())) {
      return signals.of(named.get());
    }
    return query.orElseThrow(
        () ->
            new IllegalArgumentException(
                field
                    + ".name: must be there, and `metrics` say what it measures; or say for the"
                    + " policy what `demand` its query measures, was: neither"));
  }
}
