// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentscale.adapter.Main;
import io.agentscale.core.hpa.Dialect;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The documented example must print what the documentation says it prints. */
final class ExplainCommandTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path MANIFEST = DOCS.resolve("examples/hpa.yaml");
  private static final Path OBSERVATION = DOCS.resolve("examples/hpa-observation.json");

  @TempDir private Path directory = Path.of("");

  @Test
  void explain_documentedExample_printsWhatTheDocumentationShows() throws IOException {
    String printed = run("-f", MANIFEST.toString(), "--observation", OBSERVATION.toString());

    assertThat(Files.readString(DOCS.resolve("hpa.md"))).contains(printed.strip());
  }

  @Test
  void explain_asJson_hasDecisionWorkingsAndState() throws IOException {
    String printed =
        run("-f", MANIFEST.toString(), "--observation", OBSERVATION.toString(), "-o", "json");

    JsonNode answer = new ObjectMapper().readTree(printed);
    assertThat(answer.get("desired").asInt()).isEqualTo(8);
    assertThat(answer.get("workings").get(1).get("pods").get("unready").asInt()).isEqualTo(2);
    assertThat(answer.get("normalization").get("limit").asText()).isEqualTo("ScaleUpLimit");
    assertThat(answer.get("state").get("scaleUps").size()).isEqualTo(2);
  }

  @Test
  void explain_mistakeInTheManifest_isRefusedWithFileLineAndField() throws IOException {
    Path manifest = directory.resolve("hpa.yaml");
    Files.writeString(
        manifest, Files.readString(MANIFEST).replace("maxReplicas: 40", "maxReplicas: 1"));

    assertThatThrownBy(() -> ExplainCommand.explain(manifest, OBSERVATION, Dialect.V1_28))
        .hasMessage(manifest + ":13: spec.maxReplicas: must be at least minReplicas (2), was: 1");
  }

  @Test
  void explain_unknownFieldInTheManifest_isRefusedWithFileLineAndField() throws IOException {
    Path manifest = directory.resolve("hpa.yaml");
    Files.writeString(
        manifest, Files.readString(MANIFEST).replace("stabilizationWindowSeconds", "window"));

    assertThatThrownBy(() -> ExplainCommand.explain(manifest, OBSERVATION, Dialect.V1_28))
        .hasMessageStartingWith(manifest + ":38: spec.behavior.scaleDown.window: unknown field");
  }

  @Test
  void explain_noSuchFile_saysWhich() {
    Path missing = directory.resolve("none.yaml");

    assertThatThrownBy(() -> ExplainCommand.explain(missing, OBSERVATION, Dialect.V1_28))
        .hasMessage(missing + ": there is no such file");
  }

  private static String run(String... arguments) {
    var out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    String[] all = new String[arguments.length + 2];
    all[0] = "hpa";
    all[1] = "explain";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertThat(commandLine.execute(all)).isZero();
    return out.toString();
  }
}
