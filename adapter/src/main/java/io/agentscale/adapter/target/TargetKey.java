// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;

/**
 * Which workload.
 *
 * @param namespace it lives in
 * @param reference to it
 */
record TargetKey(String namespace, TargetRef reference) {

  static TargetKey of(PolicyDefinition policy) {
    return new TargetKey(policy.key().namespace(), policy.target());
  }

  /** Returns under what its pods and everything that refers to it is found in its namespace. */
  static String shelfKey(String kind, String name) {
    return kind + "/" + name;
  }

  String shelfKey() {
    return shelfKey(reference.kind(), reference.name());
  }

  /** Returns the API group; empty for the core group. */
  String group() {
    int slash = reference.apiVersion().indexOf('/');
    return slash < 0 ? "" : reference.apiVersion().substring(0, slash);
  }
}
