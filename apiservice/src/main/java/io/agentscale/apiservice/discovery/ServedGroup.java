// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.discovery;

import java.util.List;
import java.util.Optional;

/**
 * An API group of metrics.
 *
 * @param name such as {@code custom.metrics.k8s.io}
 * @param versions served, the preferred one first
 */
public record ServedGroup(String name, List<String> versions) {
  public static final ServedGroup CUSTOM =
      new ServedGroup("custom.metrics.k8s.io", List.of("v1beta2", "v1beta1"));
  public static final ServedGroup EXTERNAL =
      new ServedGroup("external.metrics.k8s.io", List.of("v1beta1"));
  public static final ServedGroup RESOURCE = new ServedGroup("metrics.k8s.io", List.of("v1beta1"));

  private static final List<ServedGroup> ALL = List.of(CUSTOM, EXTERNAL, RESOURCE);
  private static final List<ServedGroup> WITHOUT_RESOURCE = List.of(CUSTOM, EXTERNAL);

  /**
   * Returns the groups there are.
   *
   * @param withResource whether anybody knows what pods and nodes use
   */
  public static List<ServedGroup> all(boolean withResource) {
    return withResource ? ALL : WITHOUT_RESOURCE;
  }

  public static Optional<ServedGroup> named(String name) {
    return ALL.stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
