// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A demo that is stopped from outside must end at once, in silence, and leave no files behind. */
final class DemoProcessIT {
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path directory;

  /** The demo with an adapter that knows one value. */
  static final class Program {
    public static void main(String[] args) {
      DemoAdapter.Launcher launcher =
          (files, port, _) -> {
            var adapter = new FakeAdapter(files.directory(), port);
            adapter.values.put("agent_concurrency", Map.of("coder-0", "3"));
            return adapter;
          };
      var command = new DemoCommand(launcher, Clock.systemUTC(), Instant.now());
      System.exit(new CommandLine(command).execute(args));
    }
  }

  @Test
  @Timeout(60)
  void termination_endsInSilenceAndRemovesTheFiles() throws Exception {
    Path err = directory.resolve("stderr");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                "--json")
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      assertThat(line).as(Files.readString(err)).isNotNull();
      assertThat(new ObjectMapper().readTree(line).at("/pods/0/concurrency").asInt()).isEqualTo(3);
      assertThat(directory).isDirectoryContaining("glob:**/agentscale-demo-*");

      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(Files.readString(err)).hasLineCount(1).contains("first values");
    assertThat(directory).isDirectoryNotContaining("glob:**/agentscale-demo-*");
  }
}
