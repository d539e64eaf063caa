// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import java.util.Optional;
import java.util.Set;

/**
 * Who wrote which field of an object's spec, as the API server records it.
 *
 * @param managedFields of the object's metadata
 */
record FieldOwners(JsonNode managedFields) {

  /** Returns who else owns a field of the spec, the one who wrote last first. */
  Optional<String> other(String field) {
    Optional<String> latest = Optional.empty();
    String latestTime = "";
    for (JsonNode entry : managedFields) {
      String time = entry.path("time").asText();
      if (!isOurs(entry) && owns(entry, field) && time.compareTo(latestTime) >= 0) {
        latest = Optional.of(entry.path("manager").asText());
        latestTime = time;
      }
    }
    return latest;
  }

  /** Tells whether a field of the spec is ours. */
  boolean areOurs(String field) {
    for (JsonNode entry : managedFields) {
      if (isOurs(entry) && owns(entry, field)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the record without anything that is ours. */
  ArrayNode withoutOurs() {
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : managedFields) {
      if (!isOurs(entry)) {
        left.add(entry);
      }
    }
    return complete(left);
  }

  /** Returns the record in which fields of the spec are not ours. */
  ArrayNode without(Set<String> fields) {
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : managedFields) {
      JsonNode copy = entry.deepCopy();
      if (isOurs(entry) && copy.at("/fieldsV1/f:spec") instanceof ObjectNode spec) {
        fields.forEach(field -> spec.remove("f:" + field));
        // Left empty, it would mean the spec as a whole, which the next apply would then delete.
        if (spec.isEmpty()) {
          ((ObjectNode) copy.path("fieldsV1")).remove("f:spec");
        }
      }
      left.add(copy);
    }
    return complete(left);
  }

  /** An empty list would mean "as it was"; a list of one empty entry means none. */
  private static ArrayNode complete(ArrayNode list) {
    if (list.isEmpty()) {
      list.addObject();
    }
    return list;
  }

  private static boolean isOurs(JsonNode entry) {
    return entry.path("manager").asText().equals(ControlPlane.FIELD_MANAGER);
  }

  private static boolean owns(JsonNode entry, String field) {
    return entry.path("fieldsV1").path("f:spec").has("f:" + field);
  }
}
