// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a source tells. */
final class ToldPolicies implements PolicySource.Listener {
  final List<PolicyDefinition> definitions = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void defined(PolicyDefinition policy) {
    definitions.add(policy);
    told.add("defined " + policy.key().name() + " " + policy.generation());
  }

  @Override
  public void refused(PolicyKey key, String uid, long generation, List<String> problems) {
    told.add("refused " + key.name() + " " + generation + ": " + String.join("; ", problems));
  }

  @Override
  public void removed(PolicyKey key) {
    told.add("removed " + key.name());
  }
}
