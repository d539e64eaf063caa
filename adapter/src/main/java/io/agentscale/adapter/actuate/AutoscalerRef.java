// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

/**
 * Which autoscaler.
 *
 * @param kind of it
 * @param namespace it lives in
 * @param name of it
 */
record AutoscalerRef(AutoscalerKind kind, String namespace, String name) {

  String path() {
    return kind.collection(namespace) + "/" + name;
  }

  @Override
  public String toString() {
    return kind.kind() + " " + namespace + "/" + name;
  }
}
