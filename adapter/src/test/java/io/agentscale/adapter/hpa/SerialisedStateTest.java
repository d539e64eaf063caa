// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A controller that goes on from a state it wrote down must decide as one that never stopped. */
final class SerialisedStateTest {
  private static final String SPEC =
      "{\"minReplicas\":0,\"maxReplicas\":60,\"metrics\":["
          + "{\"type\":\"External\",\"external\":{\"metric\":{\"name\":\"lag\"},"
          + "\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"5\"}}},"
          + "{\"type\":\"Object\",\"object\":{\"describedObject\":{\"kind\":\"Service\","
          + "\"name\":\"a\"},\"metric\":{\"name\":\"rps\"},"
          + "\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"9\"}}},"
          + "{\"type\":\"Pods\",\"pods\":{\"metric\":{\"name\":\"inflight\"},"
          + "\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"10\"}}}],"
          + "\"behavior\":{\"scaleUp\":{\"stabilizationWindowSeconds\":20},"
          + "\"scaleDown\":{\"policies\":[{\"type\":\"Pods\",\"value\":2,\"periodSeconds\":40}]}}}";

  @Test
  void read_whatWasWritten_isTheSameStateAfterEveryStep() throws IOException {
    var reader = new ScenarioReader(Dialect.V1_28);
    Scenario scenario = reader.read(node(scenario()));
    HpaSpec spec = scenario.spec();
    var steps = new AtomicInteger();

    new ScenarioRun(reader, scenario)
        .forEachStep(
            (step, transition) -> {
              HpaState read = new StateReader(spec).read(node(written(transition.state())));
              assertThat(read).isEqualTo(transition.state());
              steps.incrementAndGet();
            });
    assertThat(steps).hasValue(300);
  }

  private static String scenario() {
    var random = new SplittableRandom(4);
    var steps = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      steps
          .append(i == 0 ? "" : ",")
          .append("{\"t\":")
          .append(15.25 * i)
          .append(",\"metrics\":[{\"v\":")
          .append(random.nextInt(150_000))
          .append("},")
          .append(random.nextInt(5) == 0 ? "{\"err\":\"down\"}" : "{\"v\":\"90\"}")
          .append(",{\"v\":")
          .append(random.nextInt(20_000))
          .append("}]}");
    }
    return "{\"replicas\":3,\"hpa\":{\"spec\":" + SPEC + "},\"steps\":[" + steps + "]}";
  }

  private static String written(HpaState state) throws IOException {
    var text = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      new StateWriter(json).write(state);
      json.writeEndObject();
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static InputNode node(String json) throws IOException {
    try (var input =
        new JsonInput("test", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
      return input.next().orElseThrow();
    }
  }
}
