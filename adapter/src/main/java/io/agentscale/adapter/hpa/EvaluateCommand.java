// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.Dialect;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final int ANSWERS_AHEAD = 4;
  private static final JsonFactory JSON = new JsonFactory();

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

  /**
   * Answers every scenario of a stream, in its order; one with a mistake gets no answer and ends
   * it.
   *
   * <p>Scenarios are independent, so several are answered at a time; few enough to hold.
   */
  static void evaluate(InputStream in, OutputStream out, Dialect dialect) throws IOException {
    var reader = new ScenarioReader(dialect);
    int threads = Runtime.getRuntime().availableProcessors();
    Deque<Future<byte[]>> answers = new ArrayDeque<>();
    try (var input = new JsonInput("<stdin>", in);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      boolean more = true;
      while (more) {
        more = submitNext(input, reader, pool, answers);
        while (answers.size() > (more ? ANSWERS_AHEAD * threads : 0)) {
          out.write(result(answers.remove()));
        }
      }
    }
  }

  /** A mistake in the JSON takes its turn among the answers, so that those before it are given. */
  private static boolean submitNext(
      JsonInput input, ScenarioReader reader, ExecutorService pool, Deque<Future<byte[]>> answers)
      throws IOException {
    try {
      Optional<InputNode> node = input.next();
      node.ifPresent(scenario -> answers.add(pool.submit(() -> answer(reader, scenario))));
      return node.isPresent();
    } catch (InvalidInputException e) {
      answers.add(CompletableFuture.failedFuture(e));
      return false;
    }
  }

  private static byte[] result(Future<byte[]> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InvalidInputException refusal -> throw refusal;
        case IOException failure -> throw failure;
        case null, default -> throw new IllegalStateException("a scenario could not be run", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static byte[] answer(ScenarioReader reader, InputNode node) throws IOException {
    var answer = new ByteArrayOutputStream(BUFFER_BYTES);
    try (JsonGenerator json = JSON.createGenerator(answer)) {
      write(json, reader, reader.read(node));
    }
    answer.write('\n');
    return answer.toByteArray();
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
