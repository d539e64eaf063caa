// SPDX-License-Identifier: Apache-2.0

package io.agentscale.bench;

/**
 * The pods that are measured on: so many namespaces of so many pods, in applications of ten.
 *
 * @param namespaces how many
 * @param podsEach in every namespace
 */
record Cluster(int namespaces, int podsEach) {
  static final int PODS_PER_APPLICATION = 10;

  static String namespace(int index) {
    return "team-" + index;
  }

  static String pod(int namespace, int index) {
    return "agent-%d-6d4fbb9c7-%05d".formatted(namespace, index);
  }

  int applications() {
    return podsEach / PODS_PER_APPLICATION;
  }

  /** Returns the pods as manifests. */
  String manifests() {
    StringBuilder yaml = new StringBuilder();
    for (int n = 0; n < namespaces; n++) {
      for (int p = 0; p < podsEach; p++) {
        yaml.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: ")
            .append(pod(n, p))
            .append(", namespace: ")
            .append(namespace(n))
            .append(", labels: {all: \"yes\", app: a")
            .append(p / PODS_PER_APPLICATION)
            .append("}}\n");
      }
    }
    return yaml.toString();
  }
}
