// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.core.hpa.Dialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A misspelt field that is passed over would answer a question nobody asked. */
final class EvaluateCommandTest {
  private static final String EXTERNAL =
      "{\"type\":\"External\",\"external\":{\"metric\":{\"name\":\"lag\"},"
          + "\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"5\"}}}";
  private static final String CPU =
      "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\","
          + "\"target\":{\"type\":\"Utilization\",\"averageUtilization\":50}}}";

  record Refusal(String name, String scenario, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
        new Refusal("scenario field", "{\"hpas\":1}", "<stdin>:2: hpas: unknown field"),
        new Refusal(
            "step field",
            scenario(EXTERNAL, "", "{\"t\":0,\"metric\":[]}"),
            "<stdin>:2: steps[0].metric: unknown field"),
        new Refusal(
            "pod field",
            scenario(EXTERNAL, "", "{\"pods\":[{},{\"fase\":\"Running\"}]}"),
            "<stdin>:2: steps[0].pods[1].fase: unknown field"),
        new Refusal(
            "metric entry field",
            scenario(EXTERNAL, "", "{\"metrics\":[{\"value\":1}]}"),
            "<stdin>:2: steps[0].metrics[0].value: unknown field"),
        new Refusal(
            "spec field",
            scenario(EXTERNAL, ",\"behaviour\":{}", ""),
            "<stdin>:2: hpa.spec.behaviour: unknown field"),
        new Refusal(
            "policy type",
            scenario(
                EXTERNAL,
                ",\"behavior\":{\"scaleUp\":{\"policies\":[{\"type\":\"Pod\",\"value\":1,"
                    + "\"periodSeconds\":1}]}}",
                ""),
            "hpa.spec.behavior.scaleUp.policies[0].type: must be one of Pods, Percent, was: Pod"),
        new Refusal(
            "no policies",
            scenario(EXTERNAL, ",\"behavior\":{\"scaleUp\":{\"policies\":[]}}", ""),
            "hpa.spec.behavior.scaleUp.policies: must have at least one policy"),
        new Refusal(
            "bounds",
            scenario(EXTERNAL, ",\"minReplicas\":11", ""),
            "hpa.spec.maxReplicas: must be at least minReplicas (11), was: 10"),
        new Refusal(
            "zero without a metric that works at zero",
            scenario(CPU, ",\"minReplicas\":0", ""),
            "hpa.spec.metrics: must have an Object or External metric where minReplicas is 0"),
        new Refusal(
            "tolerance in a dialect without it",
            scenario(EXTERNAL, ",\"behavior\":{\"scaleUp\":{\"tolerance\":\"0.2\"}}", ""),
            "hpa.spec.behavior.scaleUp.tolerance: does not exist in dialect v1.28"),
        new Refusal(
            "value that is no number of thousandths",
            scenario(EXTERNAL, "", "{\"metrics\":[{\"v\":1.5}]}"),
            "steps[0].metrics[0].v: must be a whole number of thousandths"),
        new Refusal(
            "changed spec",
            scenario(EXTERNAL, "", "{\"spec\":{\"minReplicas\":1}}"),
            "steps[0].spec: maxReplicas: must be set"),
        new Refusal(
            "field twice", "{\"id\":\"a\",\"id\":\"b\"}", "<stdin>:2: id: must be written once"),
        new Refusal(
            "number beyond 64 bits",
            scenario(EXTERNAL, "", "{\"metrics\":[{\"v\":99999999999999999999}]}"),
            "<stdin>:2: not JSON: Numeric value"),
        new Refusal(
            "time beyond reason",
            scenario(EXTERNAL, "", "{\"t\":1e300}"),
            "steps[0].t: must be a number of seconds"),
        new Refusal("not JSON", "{\"id\":", "<stdin>:"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void evaluate_mistake_isRefusedWithLineAndFieldAfterTheAnswersBefore(Refusal refusal) {
    var out = new ByteArrayOutputStream();
    String input =
        scenario(EXTERNAL, "", "{\"metrics\":[{\"v\":\"5\"}]}") + "\n" + refusal.scenario;

    assertThatThrownBy(() -> evaluate(input, out, Dialect.V1_28))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(refusal.message);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  void evaluate_validationSkipped_unknownMetricTypeFails() throws IOException {
    JsonNode step =
        firstStep(
            "{\"allowInvalid\":true,\"replicas\":2,\"hpa\":{\"spec\":{\"maxReplicas\":3,"
                + "\"metrics\":[{\"type\":\"Cheese\"}]}},\"steps\":[{}]}",
            Dialect.V1_28);

    assertThat(step.get("status").get("conditions").get(1).get("reason").asText())
        .isEqualTo("InvalidMetricSourceType");
    assertThat(step.get("desired").asInt()).isEqualTo(2);
  }

  @Test
  void evaluate_malformedApiVersion_isAnErrorOfTheSpec() throws IOException {
    JsonNode step =
        firstStep(
            scenario(
                EXTERNAL,
                ",\"scaleTargetRef\":{\"apiVersion\":\"a/b/c\",\"kind\":\"D\",\"name\":\"d\"}",
                "{}"),
            Dialect.V1_28);

    assertThat(step.get("errorLabel").asText()).isEqualTo("spec");
    assertThat(step.get("error").asText())
        .isEqualTo(
            "invalid API version in scale target reference: unexpected GroupVersion string: a/b/c");
  }

  @Test
  void evaluate_otherHpaSelectsTheSamePods_readsNoMetric() throws IOException {
    JsonNode step =
        firstStep(
            "{\"replicas\":2,\"otherSelectors\":{\"b\":\"app in (web)\",\"c\":\"app=db\"},"
                + "\"hpa\":{\"spec\":{\"maxReplicas\":3,\"metrics\":["
                + EXTERNAL
                + "]}},\"steps\":[{\"metrics\":[{\"v\":\"15\"}]}]}",
            Dialect.V1_28);

    assertThat(step.get("events").get(0).get("reason").asText()).isEqualTo("AmbiguousSelector");
    assertThat(step.get("events").get(0).get("message").asText())
        .isEqualTo(
            "pods by selector app=web are controlled by multiple HPAs: [default/b default/hpa]");
    assertThat(step.get("desired").asInt()).isEqualTo(2);
  }

  @Test
  void evaluate_toleranceOfADirection_countsInTheLaterDialect() throws IOException {
    String scenario =
        scenario(
            EXTERNAL,
            ",\"behavior\":{\"scaleUp\":{\"tolerance\":\"500m\"}}",
            "{\"metrics\":[{\"v\":\"14\"}]}");

    assertThat(firstStep(scenario, Dialect.V1_35).get("desired").asInt()).isEqualTo(2);
  }

  private static String scenario(String metric, String moreSpec, String step) {
    return "{\"replicas\":2,\"hpa\":{\"spec\":{\"maxReplicas\":10,\"metrics\":["
        + metric
        + "]"
        + moreSpec
        + "}},\"steps\":["
        + step
        + "]}";
  }

  private static JsonNode firstStep(String scenario, Dialect dialect) throws IOException {
    var out = new ByteArrayOutputStream();
    evaluate(scenario, out, dialect);
    return new ObjectMapper().readTree(out.toByteArray()).get("steps").get(0);
  }

  private static void evaluate(String input, ByteArrayOutputStream out, Dialect dialect)
      throws IOException {
    EvaluateCommand.evaluate(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, dialect);
  }
}
