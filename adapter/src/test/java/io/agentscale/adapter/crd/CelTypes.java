// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of CEL that Kubernetes gives to a schema: an object of declared properties is a message
 * with these fields, one of additional properties a map, an int-or-string is dynamic. Of an
 * object's metadata a rule sees the name alone.
 */
final class CelTypes {
  private final Map<String, CelType> structs = new LinkedHashMap<>();

  /** Returns the type of a schema, by a name of its own. */
  CelType of(JsonNode schema, String name) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return SimpleType.DYN;
    }
    return switch (schema.path("type").asText()) {
      case "boolean" -> SimpleType.BOOL;
      case "integer" -> SimpleType.INT;
      case "number" -> SimpleType.DOUBLE;
      case "string" -> text(schema, name);
      case "array" -> ListType.create(of(schema.path("items"), name + ".items"));
      case "object" -> object(schema, name);
      default -> throw new IllegalArgumentException(name + ": no type: " + schema);
    };
  }

  private static CelType text(JsonNode schema, String name) {
    if (List.of("byte", "date", "date-time", "duration").contains(schema.path("format").asText())) {
      throw new IllegalArgumentException(name + ": a format that has a type of its own in rules");
    }
    return SimpleType.STRING;
  }

  private CelType object(JsonNode schema, String name) {
    if (schema.has("additionalProperties")) {
      return MapType.create(
          SimpleType.STRING, of(schema.get("additionalProperties"), name + ".values"));
    }
    Map<String, CelType> fields = new LinkedHashMap<>();
    if (name.equals("self")) {
      fields.put("apiVersion", SimpleType.STRING);
      fields.put("kind", SimpleType.STRING);
      fields.put(
          "metadata",
          struct("metadata", Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING)));
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                fields.put(
                    property.getKey(), of(property.getValue(), name + "." + property.getKey())));
    return struct(name, fields);
  }

  private CelType struct(String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
    StructType struct =
        StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    structs.put(name, struct);
    return struct;
  }

  /** Returns what declares the types that were asked for so far. */
  CelTypeProvider provider() {
    return new Declared(ImmutableMap.copyOf(structs));
  }

  private record Declared(ImmutableMap<String, CelType> structs) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return structs.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(structs.get(name));
    }
  }

  /** Returns a value as its type has it: a number is a double even where JSON has no point. */
  static Object value(JsonNode schema, JsonNode value) {
    if (value.isObject()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (var field : value.properties()) {
        JsonNode property = schema.path("properties").path(field.getKey());
        JsonNode of = property.isMissingNode() ? schema.path("additionalProperties") : property;
        fields.put(field.getKey(), value(of, field.getValue()));
      }
      return fields;
    }
    if (value.isArray()) {
      List<Object> items = new ArrayList<>();
      value.forEach(item -> items.add(value(schema.path("items"), item)));
      return items;
    }
    if (value.isNumber()) {
      boolean isDouble = schema.path("type").asText().equals("number");
      return isDouble ? (Object) value.asDouble() : (Object) value.asLong();
    }
    return value.isBoolean() ? (Object) value.asBoolean() : value.asText();
  }
}
