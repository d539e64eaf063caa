// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

/** The workloads that policies scale. Answers come from memory and never block. */
public interface Targets {

  /** Returns what is known of a policy's target now. */
  TargetView view(PolicyDefinition policy);
}
