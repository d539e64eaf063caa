// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentscale.adapter.rules.template.GoStrings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples must be good and bad in the eyes of Prometheus, not only in ours. */
final class PromqlIT {
  @TempDir private Path folder;

  @BeforeEach
  void requirePromtool() {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    if (System.getenv("CI") == null) {
      assumeTrue(found, "skipped: promtool is missing, install the Debian package prometheus");
    }
    assertThat(found).as("promtool, from the Debian package prometheus").isTrue();
  }

  @Test
  void goodExamples_prometheusParsesThemAll() throws Exception {
    assertThat(refusals(PromqlExamples.good())).isEmpty();
  }

  @Test
  void badExamples_prometheusRefusesEachOfThem() throws Exception {
    List<String> accepted = new ArrayList<>(PromqlExamples.bad());
    for (String bad : PromqlExamples.bad()) {
      if (!refusals(List.of(bad)).isEmpty()) {
        accepted.remove(bad);
      }
    }

    assertThat(accepted).isEmpty();
  }

  /** Has the queries parsed as recording rules, and returns what promtool has to say of them. */
  private String refusals(List<String> queries) throws IOException, InterruptedException {
    StringBuilder rules = new StringBuilder("groups:\n- name: examples\n  rules:\n");
    for (int i = 0; i < queries.size(); i++) {
      rules.append("  - record: example:").append(i).append("\n");
      rules.append("    expr: ").append(GoStrings.quote(queries.get(i))).append("\n");
    }
    Path file = Files.writeString(folder.resolve("rules.yaml"), rules);
    Path output = folder.resolve("output.txt");
    Process promtool =
        new ProcessBuilder("promtool", "check", "rules", "--lint=none", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return promtool.waitFor() == 0 ? "" : Files.readString(output);
  }
}
