// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.format.TraceFormat;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats of a program are what it writes, not what its manual says. */
final class PromtoolDumpIT {
  private static final long START = 1_767_571_200;

  @TempDir private Path directory;

  @Test
  void whatPromtoolDumps_isTheTrafficThatWasStored() throws Exception {
    requirePromtool();
    Path source = directory.resolve("source");
    Files.writeString(source, openMetrics());
    Path data = directory.resolve("data");
    promtool("ignored", "tsdb", "create-blocks-from", "openmetrics", source.toString(), data + "");
    Files.createDirectory(data.resolve("wal"));
    Path dump = promtool("dump", "tsdb", "dump", data.toString());
    RateTraffic dumped = open(dump);
    RateTraffic direct = open(source);
    assertThat(TraceFormat.sniff(new TraceFile(dump))).isEqualTo(TraceFormat.PROMTOOL_DUMP);
    assertThat(dumped.start()).isEqualTo(direct.start());
    assertThat(ratesOf(dumped)).hasSize(239).isEqualTo(ratesOf(direct));
    // Pod a does 2 requests a second and pod b 4; b began again from zero half way.
    assertThat(ratesOf(dumped)).allMatch(rate -> Math.abs(rate - 6) < 0.001 || rate < 6);
    assertThat(ratesOf(dumped).stream().filter(rate -> rate < 5.999)).hasSize(1);
  }

  private static String openMetrics() {
    StringBuilder text = new StringBuilder("# TYPE requests counter\n");
    for (String pod : List.of("a", "b")) {
      for (int i = 0; i < 240; i++) {
        int since = pod.equals("b") && i >= 120 ? i - 120 : i;
        text.append(
            String.format(
                Locale.ROOT,
                "requests_total{pod=\"%s\",path=\"/x y\"} %d %d\n",
                pod,
                since * (pod.equals("a") ? 30 : 60),
                START + 15L * i));
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static RateTraffic open(Path path) {
    TraceFile file = new TraceFile(path);
    return (RateTraffic) TraceFormat.sniff(file).open(file, ReadOptions.defaults());
  }

  private Path promtool(String output, String... arguments) throws Exception {
    Path written = directory.resolve(output);
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(written.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("err"))).isZero();
    return written;
  }

  private static void requirePromtool() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    if (!found && System.getenv("CI") != null) {
      fail("the program promtool is missing; install Debian's package prometheus");
    }
    assumeTrue(found, "needs the program promtool: install Debian's package prometheus");
  }
}
