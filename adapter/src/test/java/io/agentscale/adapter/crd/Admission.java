// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an API server does to an object before its rules are asked, by the schema: fields nobody
 * knows are pruned, nulls count as absent, defaults are filled in, and what is then there is
 * validated. Patterns are those of RE2, as in Go.
 */
public final class Admission {
  private static final Set<String> METADATA = Set.of("apiVersion", "kind", "metadata");

  private Admission() {}

  /** Returns an object of a kind as it would be stored. */
  public static ObjectNode admitted(JsonNode schema, ObjectNode object) {
    ObjectNode admitted = object.deepCopy();
    ObjectNode rest = admitted.deepCopy().remove(METADATA);
    complete(schema, rest);
    admitted.retain(METADATA).setAll(rest);
    return admitted;
  }

  private static void complete(JsonNode schema, JsonNode value) {
    JsonNode properties = schema.path("properties");
    if (value instanceof ObjectNode object && !properties.isMissingNode()) {
      List<String> names = new ArrayList<>();
      object.properties().forEach(field -> names.add(field.getKey()));
      for (String name : names) {
        if (!properties.has(name) || object.get(name).isNull()) {
          object.remove(name);
        }
      }
      for (var property : properties.properties()) {
        JsonNode otherwise = property.getValue().path("default");
        if (!object.has(property.getKey()) && !otherwise.isMissingNode()) {
          object.set(property.getKey(), otherwise.deepCopy());
        }
        complete(property.getValue(), object.path(property.getKey()));
      }
    } else if (value.isObject()) {
      value.forEach(each -> complete(schema.path("additionalProperties"), each));
    } else if (value.isArray()) {
      value.forEach(each -> complete(schema.path("items"), each));
    }
  }

  /** Returns what is wrong with an object by its schema, each with the path of its field. */
  public static List<String> problems(JsonNode schema, JsonNode object) {
    List<String> problems = new ArrayList<>();
    validate(schema, object, "", problems);
    return problems;
  }

  static void validate(JsonNode schema, JsonNode value, String path, List<String> into) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (!value.isIntegralNumber() && !value.isTextual()) {
        into.add(path + ": must be an integer or a string");
      }
    } else if (!isOfType(schema.path("type").asText(), value)) {
      into.add(path + ": must be of type " + schema.path("type").asText());
      return;
    }
    if (schema.has("enum") && !has(schema.get("enum"), value)) {
      into.add(path + ": must be one of " + schema.get("enum"));
    }
    if (value.isNumber()) {
      number(schema, value.asDouble(), path, into);
    } else if (value.isTextual()) {
      text(schema, value.asText(), path, into);
    } else if (value.isArray()) {
      list(schema, value, path, into);
    } else if (value.isObject()) {
      object(schema, value, path, into);
    }
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      // 2.0 is an integer to JSON, and so to an API server.
      case "integer" -> value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
      default -> false;
    };
  }

  private static boolean has(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static void number(JsonNode schema, double value, String path, List<String> into) {
    double min = schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
    double max = schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
    boolean isBelow = value < min || (value == min && schema.path("exclusiveMinimum").asBoolean());
    boolean isAbove = value > max || (value == max && schema.path("exclusiveMaximum").asBoolean());
    if (isBelow || isAbove) {
      into.add(path + ": must be from " + min + " to " + max);
    }
  }

  private static void text(JsonNode schema, String value, String path, List<String> into) {
    if (value.length() < schema.path("minLength").asInt(0)
        || value.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      into.add(path + ": length " + value.length());
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value).find()) {
      into.add(path + ": must match " + schema.get("pattern").asText());
    }
  }

  private static void list(JsonNode schema, JsonNode value, String path, List<String> into) {
    if (value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      into.add(path + ": " + value.size() + " items");
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String at = path + "[" + i + "]";
      JsonNode item = value.get(i);
      validate(schema.path("items"), item, at, into);
      if (schema.path("x-kubernetes-list-type").asText().equals("map")) {
        StringBuilder key = new StringBuilder();
        schema.path("x-kubernetes-list-map-keys").forEach(k -> key.append(item.path(k.asText())));
        if (!keys.add(key.toString())) {
          into.add(at + ": a second " + key);
        }
      }
    }
  }

  private static void object(JsonNode schema, JsonNode value, String path, List<String> into) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        into.add(path + "." + name.asText() + ": is required");
      }
    }
    for (var field : value.properties()) {
      JsonNode property = schema.path("properties").path(field.getKey());
      JsonNode other = schema.path("additionalProperties");
      if (!property.isMissingNode() || !other.isMissingNode()) {
        String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        validate(property.isMissingNode() ? other : property, field.getValue(), at, into);
      }
    }
  }
}
