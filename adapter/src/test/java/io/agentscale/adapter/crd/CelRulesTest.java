// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check of definitions that takes every rule for good is worth nothing. */
final class CelRulesTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "size":{"type":"integer","default":3},
        "share":{"type":"number"},
        "names":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":63}},
        "others":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},
          "x-kubernetes-validations":[{"rule":"self.n > 0","message":"n"}]}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self.sise > 0                             | undefined field 'sise'",
        "self.size > 'a'                           | found no matching overload",
        "self.size                                 | expected type 'bool'",
        "self.names.all(n, n > 3)                  | found no matching overload",
        "self.size >                               | mismatched input",
        "quantity(self.names[0]).isGreaterThan(3)  | undeclared reference to 'quantity'",
        "self.metadata.labels.size() > 0           | undefined field 'labels'"
      })
  void rule_thatTheSchemaDoesNotBear_isRefused(String rule, String cause) {
    assertThatThrownBy(() -> CelRules.of(schema(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule)
        .hasMessageContaining(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self.size == 3                            | true",
        "has(self.share)                           | true",
        "self.share == 1.0 && self.share <= 1      | true",
        "!has(self.names)                          | true",
        "self.size > 3                             | false",
        "self.metadata.name == 'a'                 | true"
      })
  void rule_isAskedOfWhatIsStored(String rule, boolean expected) {
    JsonNode schema = schema(rule);
    ObjectNode object = json("{\"metadata\":{\"name\":\"a\"},\"share\":1,\"names\":null}");
    JsonNode stored = Admission.admitted(schema, object);
    assertThat(CelRules.of(schema).ask(stored))
        .extracting(CelRules.Verdict::isAccepted)
        .containsExactly(expected);
  }

  @Test
  void ruleOfItems_isAskedOfEach_andNamesIt() {
    JsonNode schema = schema("true");
    List<String> refused =
        CelRules.of(schema).ask(json("{\"others\":[{\"n\":1},{\"n\":0}]}")).stream()
            .filter(verdict -> !verdict.isAccepted())
            .map(CelRules.Verdict::path)
            .toList();
    assertThat(refused).containsExactly("others[1]");
  }

  /** A list without a bound may be as long as a request. */
  @Test
  void cost_growsWithWhatTheSchemaAllows() {
    JsonNode schema = schema("self.names.all(n, n != 'abcdefghij')");
    List<CelRules.Rule> rules = CelRules.of(schema).all();
    long bounded = CelCost.of(rules.get(0), schema);
    assertThat(bounded).isBetween(30L, 200L);
    JsonNode items = schema.at("/properties/others/items");
    assertThat(CelCost.of(rules.get(1), items)).isGreaterThan(CelCost.RULE_LIMIT / 2);

    ((ObjectNode) schema.at("/properties/names")).remove("maxItems");
    long unbounded = CelCost.of(CelRules.of(schema).all().getFirst(), schema);
    assertThat(unbounded).isGreaterThan(CelCost.RULE_LIMIT);
  }

  private static ObjectNode schema(String rule) {
    ObjectNode schema = json(SCHEMA);
    schema.putArray("x-kubernetes-validations").addObject().put("rule", rule).put("message", "m");
    return schema;
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
