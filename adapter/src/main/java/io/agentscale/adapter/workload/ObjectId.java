// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import io.agentscale.adapter.policy.TargetRef;

/**
 * Names an object in what is said of it.
 *
 * @param kind such as {@code Deployment}
 * @param namespace it lives in
 * @param name of it
 */
public record ObjectId(String kind, String namespace, String name) {

  /** Tells whether this is what a reference in the same namespace means. */
  public boolean isReferredToBy(TargetRef reference) {
    return kind.equals(reference.kind()) && name.equals(reference.name());
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
