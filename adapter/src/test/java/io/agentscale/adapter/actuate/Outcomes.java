// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.PolicyCondition;
import java.util.Optional;

/** An outcome, as tests ask about it. */
record Outcomes(Actuator.Outcome outcome) {

  Optional<PolicyCondition> condition(PolicyCondition.Type type) {
    return outcome.conditions().stream().filter(c -> c.type() == type).findFirst();
  }

  PolicyCondition floorHeld() {
    return condition(PolicyCondition.Type.FLOOR_HELD).orElseThrow();
  }

  PolicyCondition conflict() {
    return condition(PolicyCondition.Type.CONFLICT).orElseThrow();
  }
}
