// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes over of the API's metadata what we keep. */
final class Metadata {
  /** A copy of the whole manifest that kubectl leaves on objects: the largest annotation by far. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Metadata() {}

  static ClusterObject of(ObjectMeta metadata) {
    Map<String, String> annotations = new HashMap<>(orEmpty(metadata.getAnnotations()));
    annotations.remove(LAST_APPLIED);
    return new ClusterObject(
        Optional.ofNullable(metadata.getNamespace()),
        metadata.getName(),
        orEmpty(metadata.getLabels()),
        annotations);
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
