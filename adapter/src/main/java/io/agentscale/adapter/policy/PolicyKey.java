// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

/**
 * Which policy.
 *
 * @param namespace it lives in, and its target with it
 * @param name of the {@code ScalingPolicy}
 */
public record PolicyKey(String namespace, String name) implements Comparable<PolicyKey> {

  @Override
  public int compareTo(PolicyKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
