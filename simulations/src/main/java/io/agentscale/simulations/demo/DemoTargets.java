// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.policy.Targets;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import java.util.function.Supplier;

/**
 * The fleet as the target of the demo's policy.
 *
 * @param autoscaler what the fleet's autoscaler last said
 */
record DemoTargets(AgentFleet fleet, Supplier<List<AutoscalerView>> autoscaler) implements Targets {
  static final LabelSelector PODS = LabelSelector.parse("app=" + DemoFiles.APP);

  @Override
  public TargetView view(PolicyDefinition policy) {
    AgentFleet.State state = fleet.state();
    return new TargetView.Known(
        state.replicas(), state.ready(), PODS, autoscaler.get(), fleet.lead(), List.of());
  }
}
