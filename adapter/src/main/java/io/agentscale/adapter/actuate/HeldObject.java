// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.actuate.Keepsake.UnreadableException;
import io.agentscale.adapter.policy.TargetRef;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An autoscaler as the API server has it.
 *
 * @param ref which one
 * @param json the whole object
 */
record HeldObject(AutoscalerRef ref, JsonNode json) {
  private static final String KEDA_LABEL = "scaledobject.keda.sh/name";

  /** Returns a bound; empty if it is not written. */
  OptionalInt value(Bound bound) {
    JsonNode value = json.path("spec").path(ref.kind().field(bound));
    return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }

  String resourceVersion() {
    return json.path("metadata").path("resourceVersion").asText();
  }

  /** Returns what is remembered on it; empty if nothing is. */
  Optional<Keepsake> keepsake() throws UnreadableException {
    JsonNode text = json.path("metadata").path("annotations").path(Keepsake.NAME);
    return text.isMissingNode() ? Optional.empty() : Optional.of(Keepsake.parse(text.asText()));
  }

  FieldOwners owners() {
    return new FieldOwners(json.path("metadata").path("managedFields"));
  }

  /** Returns the ScaledObject that made it, where KEDA did. */
  Optional<AutoscalerRef> madeBy() {
    if (ref.kind() != AutoscalerKind.HPA) {
      return Optional.empty();
    }
    for (JsonNode owner : json.path("metadata").path("ownerReferences")) {
      if (owner.path("kind").asText().equals(AutoscalerKind.SCALED_OBJECT.kind())) {
        return Optional.of(scaledObject(owner.path("name").asText()));
      }
    }
    JsonNode label = json.path("metadata").path("labels").path(KEDA_LABEL);
    return label.isMissingNode() ? Optional.empty() : Optional.of(scaledObject(label.asText()));
  }

  private AutoscalerRef scaledObject(String name) {
    return new AutoscalerRef(AutoscalerKind.SCALED_OBJECT, ref.namespace(), name);
  }

  /** Returns what it scales. */
  TargetRef target() {
    JsonNode target = json.path("spec").path("scaleTargetRef");
    // KEDA's defaults.
    return new TargetRef(
        target.path("apiVersion").asText("apps/v1"),
        target.path("kind").asText("Deployment"),
        target.path("name").asText());
  }
}
