// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.agentscale.simulations.options.DurationReader;
import io.agentscale.simulations.trace.RateCursor;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes any traffic as a rate CSV. */
@Command(
    name = "convert",
    description = {
      "Write traffic as CSV with a time and requests per second in each row.",
      "A step that is unknown has an empty value."
    },
    footer = {
      "",
      "Example:",
      "  agentscale trace convert '{file: day.csv.gz, transforms: [{stretch: 0.5}]}' -o fast.csv.gz"
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final TrafficArguments arguments = new TrafficArguments();

  @Option(
      names = "--bin",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description = "the steps requests are counted over (default: 1m)")
  private Duration bin = TraceSummary.BIN;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to, gzipped if it ends with .gz (default: standard output)")
  private @Nullable Path output;

  @Override
  public Integer call() {
    return TraceRun.run(requireNonNull(spec), arguments, this::write);
  }

  private void write(Traffic traffic, PrintWriter out) throws IOException {
    RateTraffic rates =
        switch (traffic) {
          case RateTraffic series -> series;
          case RequestTraffic requests -> requests.binned(bin);
        };
    if (output == null) {
      write(rates, CsvWriter.builder().build(out));
      return;
    }
    try (Writer file = open(output);
        CsvWriter csv = CsvWriter.builder().build(file)) {
      write(rates, csv);
    }
  }

  private static Writer open(Path file) throws IOException {
    var bytes = Files.newOutputStream(file);
    return new OutputStreamWriter(
        file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes, UTF_8);
  }

  private static void write(RateTraffic rates, CsvWriter csv) throws IOException {
    csv.writeRecord("timestamp", "requests_per_second");
    try (RateCursor cursor = rates.open()) {
      while (cursor.next()) {
        csv.writeRecord(
            Instant.ofEpochMilli(cursor.startMillis()).toString(),
            cursor.isKnown() ? Double.toString(cursor.requestsPerSecond()) : "");
      }
    }
    csv.flush();
  }
}
