// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.controlplane.ShippedRoles;
import java.nio.file.Path;
import java.util.List;

/** A resource definition as it is installed. */
public record ShippedCrd(JsonNode crd) {
  private static final Path DIRECTORY = Path.of("..", "deploy", "crds");

  /** The definition of policies. */
  public static final ShippedCrd POLICIES = read("scalingpolicies");

  /** All that we ship. */
  public static final List<ShippedCrd> ALL =
      List.of(POLICIES, read("scalingmetricrules"), read("scalingshadows"));

  private static ShippedCrd read(String plural) {
    return new ShippedCrd(ShippedRoles.manifests(DIRECTORY.resolve(plural + ".yaml")).getFirst());
  }

  public String name() {
    return crd.at("/metadata/name").asText();
  }

  /** Its only version. */
  public JsonNode version() {
    return crd.at("/spec/versions/0");
  }

  public JsonNode schema() {
    return version().at("/schema/openAPIV3Schema");
  }

  @Override
  public String toString() {
    return name();
  }
}
