// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A definition that lags behind the types makes the API server drop fields without a word. */
final class ScalingPolicyCrdTest {
  private static final Path FILE = Path.of("..", "deploy", "crds", "scalingpolicies.yaml");
  private static final String WRITE = "agentscale.crd.write";
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

  private final JsonNode crd = GeneratedCrd.tree();

  @Test
  void shippedDefinition_isThatOfTheTypes() throws IOException {
    String generated = GeneratedCrd.text();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(FILE, generated);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("%s: write it anew by running this test with -D%s=true", FILE, WRITE)
        .isEqualTo(generated);
  }

  @Test
  void everyField_isReadByUs_andThereIsNoOther() {
    Set<String> known = new TreeSet<>();
    properties(crd.at(SPEC), "", known);
    Set<String> read = new TreeSet<>();
    fields(yaml(PolicyFileTest.WHOLE), "", read);
    fields(yaml(PolicyFileTest.WHOLE_AGAIN), "", read);
    assertThat(read).isEqualTo(known);
  }

  @Test
  void everyDefault_isWhatAbsenceMeansToUs() {
    Set<String> defaults = new TreeSet<>();
    defaults(crd.at(SPEC), "", defaults);
    assertThat(defaults)
        .containsExactlyInAnyOrder(
            "mode: " + SpecDefaults.MODE,
            "actuation: " + SpecDefaults.ACTUATION,
            "minReplicas: " + SpecDefaults.MIN_REPLICAS,
            "hold: " + SpecDefaults.HOLD,
            "tolerance: " + SpecDefaults.TOLERANCE,
            "forecast.history: " + SpecDefaults.FORECAST_HISTORY,
            "forecast.lead: " + SpecDefaults.FORECAST_LEAD,
            "forecast.quantile: " + SpecDefaults.FORECAST_QUANTILE,
            "forecast.minSkill: " + SpecDefaults.FORECAST_MIN_SKILL,
            "scaleIn.protectBusyPods: " + SpecDefaults.PROTECT_BUSY_PODS,
            "scaleIn.longRun: " + SpecDefaults.LONG_RUN,
            "activation.threshold: " + SpecDefaults.ACTIVATION_THRESHOLD,
            "activation.idleFor: " + SpecDefaults.ACTIVATION_IDLE_FOR,
            "queueStep.upAbove: " + SpecDefaults.QUEUE_UP_ABOVE,
            "queueStep.downBelow: " + SpecDefaults.QUEUE_DOWN_BELOW,
            "queueStep.cooldown: " + SpecDefaults.QUEUE_COOLDOWN);
  }

  /** What a rule says, and no other, is what our reader refuses in a case of its own. */
  @Test
  void everyRule_hasABadSpec() {
    Set<String> rules = new TreeSet<>();
    crd.at(SPEC)
        .findValues("x-kubernetes-validations")
        .forEach(list -> list.forEach(rule -> rules.add(rule.path("message").asText())));
    Set<String> broken = new TreeSet<>();
    BadSpecs.ALL.forEach(bad -> bad.rule().ifPresent(broken::add));
    assertThat(broken).isEqualTo(rules);
  }

  /** Kubernetes estimates what a rule may cost; lists and texts without a bound are refused. */
  @Test
  void everyListAndText_ofTheSpec_isBounded() {
    Set<String> unbounded = new TreeSet<>();
    unbounded(crd.at(SPEC), "", unbounded);
    assertThat(unbounded).isEmpty();
  }

  @Test
  void columns_areThoseAPersonReads() {
    assertThat(crd.at("/spec/versions/0/additionalPrinterColumns").findValuesAsText("name"))
        .isEqualTo(
            List.of("Target", "Mode", "Demand", "Replicas", "Next", "Ready", "Explanation", "Age"));
    assertThat(crd.at("/spec/versions/0/subresources").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("status");
    assertThat(crd.at("/spec/names/shortNames/0").asText()).isEqualTo("asp");
  }

  private static JsonNode yaml(String text) {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  private static void properties(JsonNode schema, String path, Set<String> into) {
    JsonNode items = schema.path("items");
    if (!items.isMissingNode()) {
      properties(items, path, into);
    } else if (schema.has("properties")) {
      schema
          .path("properties")
          .properties()
          .forEach(p -> properties(p.getValue(), path + "." + p.getKey(), into));
    } else {
      into.add(path);
    }
  }

  private static void fields(JsonNode value, String path, Set<String> into) {
    if (value.isArray()) {
      value.forEach(item -> fields(item, path, into));
    } else if (value.isObject()) {
      value.properties().forEach(f -> fields(f.getValue(), path + "." + f.getKey(), into));
    } else {
      into.add(path);
    }
  }

  private static void defaults(JsonNode schema, String path, Set<String> into) {
    if (schema.has("default")) {
      into.add(path + ": " + plain(schema.get("default").asText()));
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            p ->
                defaults(
                    p.getValue(), path.isEmpty() ? p.getKey() : path + "." + p.getKey(), into));
  }

  /** A number's default is written as one. */
  private static String plain(String text) {
    return text.matches("-?\\d+\\.0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void unbounded(JsonNode schema, String path, Set<String> into) {
    if (schema.path("type").asText().equals("array") && !schema.has("maxItems")) {
      into.add(path);
    }
    if (schema.path("type").asText().equals("string")
        && !schema.has("maxLength")
        && !schema.has("enum")) {
      into.add(path);
    }
    schema
        .path("properties")
        .properties()
        .forEach(p -> unbounded(p.getValue(), path + "." + p.getKey(), into));
    if (schema.has("items")) {
      unbounded(schema.get("items"), path + "[]", into);
    }
  }
}
