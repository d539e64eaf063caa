// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.util.List;
import java.util.Optional;

/**
 * Everything known of one policy at one moment.
 *
 * @param definition what its author wrote
 * @param latest the last decision; empty until there is one
 * @param conditions what can be said of it
 * @param warnings traps it is in, in sentences
 */
public record PolicySnapshot(
    PolicyDefinition definition,
    Optional<DecisionRecord> latest,
    List<PolicyCondition> conditions,
    List<String> warnings) {
  public PolicySnapshot {
    conditions = List.copyOf(conditions);
    warnings = List.copyOf(warnings);
  }
}
