// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of a resource definition ({@code x-kubernetes-validations}), compiled against the types
 * that its schema declares and evaluated by Google's implementation of CEL. Of the functions that
 * Kubernetes adds to the language there is none: a rule that uses one does not compile here.
 */
public final class CelRules {
  // As an API server does since Kubernetes 1.25.
  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  /**
   * A rule.
   *
   * @param path of the schema it belongs to, lists as {@code []}
   * @param cardinality of how many values of one object it may be asked, at most
   * @param ast the rule with its types
   */
  public record Rule(
      String path, String text, String message, long cardinality, CelAbstractSyntaxTree ast) {
    @Override
    public String toString() {
      return path + ": " + text;
    }
  }

  /**
   * What a rule said of a value.
   *
   * @param path of the value
   */
  public record Verdict(Rule rule, String path, boolean isAccepted) {
    @Override
    public String toString() {
      return path + ": " + rule.message;
    }
  }

  private final JsonNode schema;
  private final Map<String, List<Rule>> rules = new LinkedHashMap<>();

  private CelRules(JsonNode schema) {
    this.schema = schema;
  }

  /**
   * Compiles all rules of a schema.
   *
   * @throws IllegalArgumentException naming the first that is none, or uses what the schema does
   *     not declare
   */
  public static CelRules of(JsonNode schema) {
    CelRules rules = new CelRules(schema);
    rules.compile(schema, "", 1);
    return rules;
  }

  private void compile(JsonNode node, String path, long cardinality) {
    List<Rule> here = new ArrayList<>();
    for (JsonNode rule : node.path("x-kubernetes-validations")) {
      String text = rule.path("rule").asText();
      here.add(
          new Rule(
              path, text, rule.path("message").asText(), cardinality, compiled(node, path, text)));
    }
    if (!here.isEmpty()) {
      rules.put(path, here);
    }
    for (var property : node.path("properties").properties()) {
      compile(property.getValue(), join(path, property.getKey()), cardinality);
    }
    if (node.has("items")) {
      compile(node.get("items"), path + "[]", cardinality * CelCost.most(node, "maxItems"));
    }
    if (node.has("additionalProperties")) {
      JsonNode values = node.get("additionalProperties");
      compile(values, path + "{}", cardinality * CelCost.most(node, "maxProperties"));
    }
  }

  private static CelAbstractSyntaxTree compiled(JsonNode node, String path, String rule) {
    CelTypes types = new CelTypes();
    CelType self = types.of(node, path.isEmpty() ? "self" : path);
    try {
      return CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setTypeProvider(types.provider())
          .addVar("self", self)
          .addVar("oldSelf", self)
          .setResultType(SimpleType.BOOL)
          .build()
          .compile(rule)
          .getAst();
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(path + ": rule " + rule + ": " + e.getMessage(), e);
    }
  }

  /** Returns all rules, those of outer values first. */
  public List<Rule> all() {
    return rules.values().stream().flatMap(List::stream).toList();
  }

  /** Asks all rules about an object that was created. */
  public List<Verdict> ask(JsonNode object) {
    List<Verdict> verdicts = new ArrayList<>();
    ask(schema, object, "", "", verdicts);
    return verdicts;
  }

  private void ask(JsonNode node, JsonNode value, String at, String path, List<Verdict> into) {
    if (value.isMissingNode()) {
      return;
    }
    for (Rule rule : rules.getOrDefault(at, List.of())) {
      into.add(new Verdict(rule, path, isTrue(rule, CelTypes.value(node, value))));
    }
    for (var property : node.path("properties").properties()) {
      String name = property.getKey();
      ask(property.getValue(), value.path(name), join(at, name), join(path, name), into);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      ask(node.path("items"), value.get(i), at + "[]", path + "[" + i + "]", into);
    }
  }

  private static boolean isTrue(Rule rule, Object self) {
    try {
      return (boolean) RUNTIME.createProgram(rule.ast).eval(Map.of("self", self));
    } catch (CelEvaluationException e) {
      // An API server refuses the object, with this text.
      throw new IllegalStateException(rule + ": " + e.getMessage(), e);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
