// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.adapter.text.SharedTexts;
import java.util.Map;
import java.util.Optional;

/**
 * An object's metadata.
 *
 * @param namespace absent for cluster-scoped objects
 * @param name unique within its kind and namespace
 * @param labels what selectors look at
 * @param annotations such as {@code prometheus.io/port}
 */
public record ClusterObject(
    Optional<String> namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public ClusterObject {
    namespace = namespace.map(SharedTexts.NAMES::share);
    name = SharedTexts.NAMES.share(name);
    labels = SharedTexts.NAMES.share(labels);
    annotations = Map.copyOf(annotations);
  }
}
