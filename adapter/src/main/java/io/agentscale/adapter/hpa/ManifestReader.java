// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSpec;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the manifest of an autoscaling/v2 HorizontalPodAutoscaler.
 *
 * @param dialect by whose rules it must be valid
 */
record ManifestReader(Dialect dialect) {
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final String API_VERSION = "autoscaling/v2";
  static final String KIND = "HorizontalPodAutoscaler";

  HpaSpec read(InputNode manifest) {
    manifest.allowOnly(FIELDS);
    requireText(manifest, "apiVersion", API_VERSION);
    requireText(manifest, "kind", KIND);
    InputNode metadata = manifest.require("metadata");
    InputNode node = manifest.require("spec");
    HpaSpec spec =
        new HpaSpecReader(
                metadata.textOf("namespace", "default"),
                metadata.require("name").asText(),
                Optional.empty(),
                false)
            .read(node);
    ScenarioReader.requireValid(spec, node, dialect);
    return spec;
  }

  private static void requireText(InputNode manifest, String field, String wanted) {
    InputNode node = manifest.require(field);
    if (!node.asText().equals(wanted)) {
      throw node.error("must be " + wanted + ", was: " + node.asText());
    }
  }
}
