// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import static java.util.stream.Collectors.joining;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.dump.DumpDialect;
import io.agentscale.simulations.trace.dump.DumpRates;
import io.agentscale.simulations.trace.file.FileRates;
import io.agentscale.simulations.trace.file.FileRequests;
import io.agentscale.simulations.trace.file.RowSource;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;

/** The formats traces are written in, the most particular first. */
// Error Prone cannot see that method references hold nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
public enum TraceFormat {
  /** Azure's LLM inference traces: TIMESTAMP,ContextTokens,GeneratedTokens. */
  AZURE_LLM(requests(AzureLlmCsv::open), AzureLlmCsv::matches),

  /** BurstGPT: Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type. */
  BURSTGPT(requests(BurstGptCsv::open), BurstGptCsv::matches),

  /** Mooncake's JSON lines: timestamp in milliseconds, input_length, output_length. */
  MOONCAKE(requests(MooncakeJsonl::open), MooncakeJsonl::matches),

  /** JSON lines with an arrival, and tokens if known. */
  REQUEST_JSONL(requests(RequestJsonl::open), RequestJsonl::matches),

  /** CSV with a row per request: an arrival, and its tokens. */
  REQUEST_CSV(requests(RequestCsv::open), RequestCsv::matches),

  /** What {@code promtool tsdb dump} writes: series after series, one sample a line. */
  PROMTOOL_DUMP(dump(DumpDialect.PROMTOOL_DUMP), first -> first.startsWith("{__name__=")),

  /** OpenMetrics with timestamps: series after series, one sample a line. */
  OPENMETRICS(dump(DumpDialect.OPENMETRICS), DumpDialect::isOpenMetrics),

  /** CSV with a row per step: a time and a value. */
  RATE_CSV(rates(RateCsv::open), RateCsv::matches);

  @FunctionalInterface
  private interface Opener {
    Traffic open(TraceFile file, ReadOptions options);
  }

  @FunctionalInterface
  private interface Recognizer {
    boolean matches(String firstLine);
  }

  private final Opener opener;
  private final Recognizer recognizer;

  TraceFormat(Opener opener, Recognizer recognizer) {
    this.opener = opener;
    this.recognizer = recognizer;
  }

  private static Opener requests(RowSource source) {
    return (file, options) -> FileRequests.of(file, source, options);
  }

  private static Opener rates(RowSource source) {
    return (file, options) -> FileRates.of(file, source, options);
  }

  private static Opener dump(DumpDialect dialect) {
    return (file, options) -> DumpRates.of(file, dialect, options);
  }

  /**
   * Opens a file written in this format.
   *
   * @throws InvalidTraceException if it is not
   * @throws UncheckedIOException if it cannot be read
   */
  public Traffic open(TraceFile file, ReadOptions options) {
    return opener.open(file, options);
  }

  /** Returns its name in options and files, such as {@code azure-llm}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Tells whether a file that begins with this line is probably written in this format. */
  public boolean matches(String firstLine) {
    return recognizer.matches(firstLine);
  }

  /**
   * Returns the format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TraceFormat ofWord(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + words() + ", was: " + word));
  }

  /**
   * Returns the format a file is written in, told by its first line.
   *
   * @throws InvalidTraceException if it is none of these
   */
  public static TraceFormat sniff(TraceFile file) {
    String first = firstLine(file);
    return Arrays.stream(values())
        .filter(format -> format.matches(first))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidTraceException(
                    "%s:1: must begin like one of the formats %s, begins with: %s"
                        .formatted(file.path(), words(), excerpt(first))));
  }

  private static String firstLine(TraceFile file) {
    try {
      return file.firstLine();
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(file + ": no such file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String words() {
    return Arrays.stream(values()).map(TraceFormat::word).collect(joining(", "));
  }

  private static String excerpt(String line) {
    return line.isEmpty() ? "nothing" : line.substring(0, Math.min(line.length(), 60));
  }
}
