// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.HpaController;
import io.agentscale.core.hpa.HpaDecision;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import io.agentscale.core.hpa.HpaTransition;
import java.io.IOException;
import java.util.Optional;

/** Runs the steps of one scenario, one after the other. */
final class ScenarioRun {
  private final ScenarioReader reader;
  private final Scenario scenario;
  private final HpaController controller;
  private final StepReader stepReader;
  private HpaSpec spec;
  private HpaState state = HpaState.INITIAL;
  private int replicas;

  ScenarioRun(ScenarioReader reader, Scenario scenario) {
    this.reader = reader;
    this.scenario = scenario;
    controller = new HpaController(scenario.settings());
    stepReader = new StepReader(scenario.containers(), scenario.otherSelectors());
    spec = scenario.spec();
    replicas = scenario.replicas();
  }

  /** Receives what each step came to. */
  interface StepConsumer {
    void accept(Step step, HpaTransition transition) throws IOException;
  }

  void forEachStep(StepConsumer consumer) throws IOException {
    for (InputNode node : scenario.steps()) {
      Optional<InputNode> changed = node.get("spec");
      if (changed.isPresent()) {
        spec = reader.spec(changed.get(), scenario.allowInvalid());
      }
      Step step = stepReader.read(node, spec, replicas);
      if (node.booleanOf("restart", false)) {
        state = HpaState.afterRestart(state.status());
      }
      HpaTransition transition =
          controller.decide(spec, state, step.observation(), Times.instant(step.micros()));
      state = transition.state();
      HpaDecision decision = transition.decision();
      replicas = decision.replicas().orElse(step.specReplicas());
      consumer.accept(step, transition);
    }
  }
}
