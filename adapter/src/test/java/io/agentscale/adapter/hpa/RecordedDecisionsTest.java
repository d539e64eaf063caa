// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.core.hpa.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A decision that differs from the real controller's makes every simulation and preview wrong. */
final class RecordedDecisionsTest {
  private static final Path VECTORS = Path.of("../../shared/vectors/hpa");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARSER_TEXT = "internal selector object:";

  @Test
  void evaluate_examples_equalTheRecordedDecisions() throws IOException {
    assumeRecorded();
    compare(
        Files.newInputStream(VECTORS.resolve("examples.jsonl")),
        Files.newInputStream(VECTORS.resolve("examples.expected.jsonl")));
  }

  @Test
  void evaluate_scenarios_equalTheRecordedDecisions() throws IOException {
    assumeRecorded();
    compare(unzipped("scenarios.jsonl.gz"), unzipped("expected.jsonl.gz"));
  }

  private static void assumeRecorded() {
    assumeTrue(Files.isDirectory(VECTORS), "the recorded decisions are not here: " + VECTORS);
  }

  private static InputStream unzipped(String file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(VECTORS.resolve(file)));
  }

  private static void compare(InputStream scenarios, InputStream recorded) throws IOException {
    var out = new ByteArrayOutputStream();
    try (scenarios;
        recorded) {
      EvaluateCommand.evaluate(scenarios, out, Dialect.V1_28);
      List<String> expected =
          new String(recorded.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(answers).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        compare(JSON.readTree(answers.get(i)), JSON.readTree(expected.get(i)));
      }
    }
  }

  private static void compare(JsonNode answer, JsonNode expected) {
    assertThat(answer.get("id")).isEqualTo(expected.get("id"));
    assertThat(answer.get("steps").size()).isEqualTo(expected.get("steps").size());
    for (int i = 0; i < expected.get("steps").size(); i++) {
      assertThat(comparable(answer.get("steps").get(i)))
          .as("%s step %d", expected.get("id"), i)
          .isEqualTo(comparable(expected.get("steps").get(i)));
    }
  }

  /**
   * Returns a step without what has no meaning: an average over no replicas, and the wording of
   * Go's selector parser.
   */
  private static JsonNode comparable(JsonNode step) {
    for (JsonNode metric : step.get("status").get("metrics")) {
      if (metric.path("averageValue").asLong() == Long.MIN_VALUE) {
        ((ObjectNode) metric).put("averageValue", "undefined");
      }
    }
    String text = step.toString();
    if (!text.contains(PARSER_TEXT)) {
      return step;
    }
    try {
      return JSON.readTree(text.replaceAll(PARSER_TEXT + "[^\"]*", PARSER_TEXT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
