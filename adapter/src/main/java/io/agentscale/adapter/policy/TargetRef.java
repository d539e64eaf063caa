// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

/**
 * What a policy scales, in its own namespace; it has a scale subresource.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param name of the object
 */
public record TargetRef(String apiVersion, String kind, String name) {
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
