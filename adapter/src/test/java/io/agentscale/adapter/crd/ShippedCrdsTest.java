// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A definition that an API server refuses is found by whoever installs it. What it demands of one
 * is in the documentation of structural schemas, and in {@code validation.go} of
 * apiextensions-apiserver.
 */
final class ShippedCrdsTest {
  /** The fields of a schema that a structural one may have, of those that we have a use for. */
  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "description",
          "format",
          "default",
          "enum",
          "pattern",
          "properties",
          "required",
          "items",
          "additionalProperties",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties",
          "anyOf",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-validations");

  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");
  private static final String INTEGER_OR_STRING = "[{\"type\":\"integer\"},{\"type\":\"string\"}]";

  private final List<String> problems = new ArrayList<>();

  static List<ShippedCrd> definitions() {
    return ShippedCrd.ALL;
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void schema_isStructural(ShippedCrd crd) {
    walk(crd.schema(), "", this::structure);
    assertThat(crd.schema().path("type").asText()).isEqualTo("object");
    assertThat(crd.schema().at("/properties/metadata").isMissingNode()).isTrue();
    assertThat(problems).isEmpty();
  }

  private void structure(JsonNode node, String path) {
    node.properties()
        .forEach(
            field ->
                check(FIELDS.contains(field.getKey()), path, "has the field " + field.getKey()));
    if (node.path("x-kubernetes-int-or-string").asBoolean()) {
      check(!node.has("type"), path, "int-or-string beside a type");
      check(node.path("anyOf").toString().equals(INTEGER_OR_STRING), path, "anyOf");
      return;
    }
    String type = node.path("type").asText();
    check(!node.has("anyOf"), path, "anyOf");
    check(SCALARS.contains(type) || type.equals("object") || type.equals("array"), path, "no type");
    check(type.equals("array") == node.has("items"), path, "items");
    check(!node.has("properties") || !node.has("additionalProperties"), path, "both properties");
    check(!node.path("additionalProperties").isBoolean(), path, "additionalProperties");
    for (JsonNode name : node.path("required")) {
      check(node.path("properties").has(name.asText()), path, "requires " + name + ", has it not");
    }
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void defaults_areValid_andAsTheyWouldBeStored(ShippedCrd crd) {
    walk(
        crd.schema(),
        "",
        (node, path) -> {
          if (node.has("default")) {
            Admission.validate(node, node.get("default"), path, problems);
            check(node.get("default").isValueNode(), path, "a default of many fields");
            check(!path.isEmpty() && !path.endsWith("[]"), path, "a default of no field");
          }
        });
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void patterns_areThoseOfGo_andWholeValues(ShippedCrd crd) {
    walk(
        crd.schema(),
        "",
        (node, path) -> {
          if (node.has("pattern")) {
            String pattern = node.get("pattern").asText();
            check(Pattern.compile(pattern).pattern().equals(pattern), path, pattern);
            check(pattern.startsWith("^") && pattern.endsWith("$"), path, "matches a part");
          }
        });
    assertThat(problems).isEmpty();
  }

  /** Server-side apply merges such a list by its keys, which every item must therefore have. */
  @ParameterizedTest
  @MethodSource("definitions")
  void listsWithKeys_haveThem(ShippedCrd crd) {
    walk(
        crd.schema(),
        "",
        (node, path) -> {
          JsonNode type = node.path("x-kubernetes-list-type");
          check(type.isMissingNode() || type.asText().equals("map"), path, "list type " + type);
          check(type.isMissingNode() != node.has("x-kubernetes-list-map-keys"), path, "no keys");
          for (JsonNode key : node.path("x-kubernetes-list-map-keys")) {
            JsonNode item = node.path("items");
            JsonNode field = item.path("properties").path(key.asText());
            check(SCALARS.contains(field.path("type").asText()), path, key + " is no scalar");
            boolean isRequired =
                item.path("required").valueStream().anyMatch(required -> required.equals(key));
            check(isRequired || field.has("default"), path, key + " may be absent");
          }
        });
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void columnsAndScale_readWhatTheSchemaHas(ShippedCrd crd) {
    for (JsonNode column : crd.version().path("additionalPrinterColumns")) {
      String path = column.path("jsonPath").asText();
      String type = column.path("type").asText();
      JsonNode field = at(crd.schema(), path);
      boolean isAge = path.equals(".metadata.creationTimestamp") && type.equals("date");
      check(isAge || field.path("type").asText().equals(type), path, "column of " + field);
    }
    JsonNode scale = crd.version().at("/subresources/scale");
    scale
        .properties()
        .forEach(
            field -> {
              String path = field.getValue().asText();
              String type = field.getKey().equals("labelSelectorPath") ? "string" : "integer";
              String under = field.getKey().startsWith("spec") ? ".spec." : ".status.";
              check(path.startsWith(under), path, "is not under " + under);
              check(at(crd.schema(), path).path("type").asText().equals(type), path, "no " + type);
            });
    assertThat(problems).isEmpty();
  }

  /** A path of fields, where a filter stands for one item of a list. */
  private static JsonNode at(JsonNode schema, String jsonPath) {
    JsonNode found = schema;
    String filter = "\\[\\?\\(@\\.type==\"[A-Za-z]+\"\\)]";
    for (String part : jsonPath.substring(1).replaceAll(filter, ".[]").split("\\.", -1)) {
      found = part.equals("[]") ? found.path("items") : found.path("properties").path(part);
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void names_fitTogether(ShippedCrd crd) {
    JsonNode spec = crd.crd().path("spec");
    String plural = spec.at("/names/plural").asText();
    assertThat(crd.name()).isEqualTo(plural + "." + spec.path("group").asText());
    assertThat(plural).matches("[a-z]+s");
    assertThat(spec.at("/names/singular").asText())
        .isEqualToIgnoringCase(spec.at("/names/kind").asText());
    assertThat(spec.path("versions")).hasSize(1);
    assertThat(crd.version().path("served").asBoolean()).isTrue();
    assertThat(crd.version().path("storage").asBoolean()).isTrue();
  }

  /** The rules themselves are asked in the tests of the policies. */
  @ParameterizedTest
  @MethodSource("definitions")
  void rules_costALittleOfWhatTheyMay(ShippedCrd crd) {
    long all = 0;
    for (CelRules.Rule rule : CelRules.of(crd.schema()).all()) {
      long cost = CelCost.of(rule, schemaOf(crd.schema(), rule.path()));
      assertThat(cost).as("%s", rule).isPositive().isLessThan(CelCost.RULE_LIMIT / 100);
      assertThat(rule.text().lines()).as("%s", rule).hasSize(1);
      assertThat(rule.message()).isNotBlank().hasSizeLessThan(2048).doesNotContain("\n");
      all += cost;
    }
    assertThat(all).isLessThan(CelCost.DEFINITION_LIMIT / 100);
  }

  private static JsonNode schemaOf(JsonNode root, String path) {
    JsonNode found = root;
    for (String part : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      found = found.path("properties").path(part.replace("[]", ""));
      found = part.endsWith("[]") ? found.path("items") : found;
    }
    return found;
  }

  /** What no person looks at in the file: a stray comma makes two fields of one. */
  @ParameterizedTest
  @MethodSource("definitions")
  void definition_hasNoOtherFields(ShippedCrd crd) {
    ObjectNode rest = crd.version().deepCopy();
    rest.remove(
        List.of("name", "served", "storage", "schema", "subresources", "additionalPrinterColumns"));
    assertThat(rest).isEmpty();
    ObjectNode spec = crd.crd().path("spec").deepCopy();
    spec.remove(List.of("group", "names", "scope", "versions"));
    assertThat(spec).isEmpty();
    for (JsonNode column : crd.version().path("additionalPrinterColumns")) {
      ObjectNode other = column.deepCopy();
      assertThat(other.remove(List.of("name", "type", "jsonPath", "priority"))).isEmpty();
    }
    assertThat(crd.crd().path("spec").path("scope").asText()).isEqualTo("Namespaced");
  }

  private void walk(JsonNode node, String path, BiConsumer<JsonNode, String> visitor) {
    visitor.accept(node, path);
    for (var property : node.path("properties").properties()) {
      walk(property.getValue(), path + "." + property.getKey(), visitor);
    }
    if (node.has("items")) {
      walk(node.get("items"), path + "[]", visitor);
    }
    if (node.path("additionalProperties").isObject()) {
      walk(node.get("additionalProperties"), path + "{}", visitor);
    }
  }

  private void check(boolean isSo, String path, String problem) {
    if (!isSo) {
      problems.add(path + ": " + problem);
    }
  }
}
