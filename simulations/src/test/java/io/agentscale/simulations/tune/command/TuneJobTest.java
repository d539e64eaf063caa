// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A Job whose parts do not add up to a whole search, or whose arguments the program refuses. */
final class TuneJobTest {
  private static final Path JOB = Path.of("../deploy/jobs/tune.yaml");

  @Test
  void parts_areAsManyAsCompletions_andTheirArgumentsAreKnown() throws IOException {
    String job = Files.readString(JOB);
    assertThat(job).contains("completionMode: Indexed");
    int completions = Integer.parseInt(found("completions: (\\d+)", job));
    String arguments = found("simulations\\.Main tune\\s+(-f [^&]*?)\\s+resources:", job);

    for (int part = 1; part <= completions; part++) {
      String expanded =
          arguments
              .replace("$((JOB_COMPLETION_INDEX + 1))", String.valueOf(part))
              .replace("\"", "");
      var parsed = new CommandLine(new TuneCommand()).parseArgs(expanded.split("\\s+"));
      assertThat(parsed.matchedOption("--shard").<Object>getValue().toString())
          .contains("index=" + part + ", of=" + completions + "]");
    }
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
