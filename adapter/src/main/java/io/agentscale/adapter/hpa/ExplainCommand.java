// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what one HPA would decide about one observation, and why. */
@Command(
    name = "explain",
    description = {
      "Says what a HorizontalPodAutoscaler would decide about one observation, and why.",
      "docs/hpa.md describes the observation."
    })
final class ExplainCommand implements Callable<Integer> {
  /** The forms of the answer; named as they are written on the command line. */
  enum Form {
    text,
    json
  }

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "HPA.YAML",
      required = true,
      description = "The manifest of an autoscaling/v2 HorizontalPodAutoscaler.")
  private Path manifest = Path.of("");

  @Option(
      names = "--observation",
      paramLabel = "OBS.JSON",
      required = true,
      description = "What the controller sees: replicas, pods and metrics.")
  private Path observation = Path.of("");

  @Option(
      names = "--dialect",
      paramLabel = "VERSION",
      defaultValue = "v1.28",
      converter = DialectConverter.class,
      description = "The Kubernetes version to follow: v1.28 (default) or v1.35.")
  private Dialect dialect = Dialect.V1_28;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text (default) or json.")
  private Form form = Form.text;

  // Set by picocli before call().
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      Explanation explanation = explain(manifest, observation, dialect);
      PrintWriter out = HpaCommand.out(spec);
      out.println(form == Form.json ? json(explanation) : new ExplanationText(explanation).text());
      out.flush();
      return 0;
    } catch (InvalidInputException e) {
      return HpaCommand.refuse(spec, e);
    }
  }

  static Explanation explain(Path manifest, Path observation, Dialect dialect) throws IOException {
    try {
      HpaSpec hpa =
          new ManifestReader(dialect)
              .read(new YamlInput(manifest.toString()).read(Files.readString(manifest)));
      try (InputStream stream = Files.newInputStream(observation);
          var input = new JsonInput(observation.toString(), stream)) {
        InputNode node =
            input
                .next()
                .orElseThrow(
                    () -> new InvalidInputException(observation + ":1", "must not be empty"));
        return new ObservationReader(dialect).explain(node, hpa);
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(e.getFile(), "there is no such file", e);
    }
  }

  static String json(Explanation explanation) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      new ExplanationJson(json).write(explanation);
    }
    return text.toString();
  }
}
