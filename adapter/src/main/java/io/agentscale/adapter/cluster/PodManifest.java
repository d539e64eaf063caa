// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from a pod's manifest what {@link Pod} tells. */
final class PodManifest {
  private PodManifest() {}

  /**
   * Reads a pod. One written by hand has no status but an address: it then counts as running and
   * ready.
   */
  static Pod read(ClusterObject metadata, ManifestNode manifest) {
    Optional<ManifestNode> status = manifest.field("status");
    return new Pod(
        metadata,
        status.flatMap(s -> s.field("podIP")).map(ManifestNode::nonEmptyString),
        status.flatMap(s -> s.field("phase")).map(ManifestNode::string),
        status.flatMap(s -> s.field("conditions")).map(PodManifest::isReady).orElse(true),
        manifest.required("metadata").field("deletionTimestamp").isPresent(),
        manifest.field("spec").map(PodManifest::ports).orElse(List.of()));
  }

  private static boolean isReady(ManifestNode conditions) {
    return conditions.items().stream()
        .anyMatch(
            condition ->
                condition.required("type").string().equals("Ready")
                    && condition.required("status").string().equals("True"));
  }

  private static List<Pod.Port> ports(ManifestNode spec) {
    List<Pod.Port> ports = new ArrayList<>();
    for (ManifestNode container : items(spec, "containers")) {
      for (ManifestNode port : items(container, "ports")) {
        ports.add(
            new Pod.Port(
                port.field("name").map(ManifestNode::string),
                port.required("containerPort").port()));
      }
    }
    return ports;
  }

  private static List<ManifestNode> items(ManifestNode parent, String field) {
    return parent.field(field).map(ManifestNode::items).orElse(List.of());
  }
}
