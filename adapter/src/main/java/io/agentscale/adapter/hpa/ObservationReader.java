// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import java.util.Set;

/**
 * Reads a single observation: a step of a scenario, with what a scenario says of all its steps, and
 * what earlier reconciliations left.
 *
 * @param dialect the Kubernetes version to follow
 */
record ObservationReader(Dialect dialect) {
  private static final Set<String> SURROUNDINGS =
      Set.of("config", "containers", "otherSelectors", "state");

  Explanation explain(InputNode node, HpaSpec spec) {
    var reader = new ScenarioReader(dialect);
    HpaSettings settings = reader.settings(node.get("config"));
    node.require("replicas");
    Step step =
        new StepReader(
                ScenarioReader.containers(node),
                ScenarioReader.otherSelectors(node.get("otherSelectors")),
                SURROUNDINGS)
            .read(node, spec, 0);
    if (node.get("spec").isPresent()) {
      throw node.require("spec").error("must not be set, the manifest has the spec");
    }
    HpaState state = node.get("state").map(new StateReader(spec)::read).orElse(HpaState.INITIAL);
    if (node.booleanOf("restart", false)) {
      state = HpaState.afterRestart(state.status());
    }
    return new Explanation(
        settings,
        step,
        new HpaController(settings)
            .decide(spec, state, step.observation(), Times.instant(step.micros())));
  }
}
