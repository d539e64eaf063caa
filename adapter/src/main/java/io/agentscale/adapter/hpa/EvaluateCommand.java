// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.Dialect;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs scenarios from standard input and writes the decisions to standard output. */
@Command(
    name = "evaluate",
    description = {
      "Decides scenarios as the HorizontalPodAutoscaler controller would.",
      "Reads one JSON object a scenario from standard input and writes one an answer."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  @Option(
      names = "--dialect",
      paramLabel = "VERSION",
      defaultValue = "v1.28",
      converter = DialectConverter.class,
      description = "The Kubernetes version to follow: v1.28 (default) or v1.35.")
  private Dialect dialect = Dialect.V1_28;

  // Set by picocli before call().
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var out = new BufferedOutputStream(System.out, BUFFER_BYTES);
    try {
      evaluate(System.in, out, dialect);
      return 0;
    } catch (InvalidInputException e) {
      return HpaCommand.refuse(spec, e);
    } finally {
      out.flush();
    }
  }

  /** Answers every scenario of a stream; one with a mistake in it gets no answer and ends it. */
  static void evaluate(InputStream in, OutputStream out, Dialect dialect) throws IOException {
    var reader = new ScenarioReader(dialect);
    var answer = new ByteArrayOutputStream(BUFFER_BYTES);
    var factory = new JsonFactory();
    try (var input = new JsonInput("<stdin>", in)) {
      for (Optional<InputNode> node = input.next(); node.isPresent(); node = input.next()) {
        answer.reset();
        try (JsonGenerator json = factory.createGenerator(answer)) {
          write(json, reader, reader.read(node.get()));
        }
        answer.write('\n');
        answer.writeTo(out);
      }
    }
  }

  private static void write(JsonGenerator json, ScenarioReader reader, Scenario scenario)
      throws IOException {
    var writer = new DecisionWriter(json);
    json.writeStartObject();
    json.writeStringField("id", scenario.id());
    json.writeArrayFieldStart("steps");
    new ScenarioRun(reader, scenario)
        .forEachStep(
            (step, transition) -> {
              json.writeStartObject();
              writer.write(step, transition);
              json.writeEndObject();
            });
    json.writeEndArray();
    json.writeEndObject();
  }
}
