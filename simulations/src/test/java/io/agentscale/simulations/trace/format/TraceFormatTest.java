// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.format;

import static io.agentscale.simulations.trace.TestTraffic.arrivals;
import static io.agentscale.simulations.trace.TestTraffic.ratesOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestCursor;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import io.agentscale.simulations.trace.row.ValueUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A trace read wrongly makes every figure of a replay wrong, and nobody sees it. */
final class TraceFormatTest {
  @TempDir private Path directory;

  private Traffic read(String text, ReadOptions options) {
    return read(text.getBytes(UTF_8), options);
  }

  private Traffic read(byte[] bytes, ReadOptions options) {
    try {
      TraceFile file = new TraceFile(Files.write(directory.resolve("trace"), bytes));
      return TraceFormat.sniff(file).open(file, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Traffic read(String text) {
    return read(text, ReadOptions.defaults());
  }

  @ParameterizedTest
  @MethodSource
  void requestFormats_areToldByTheirContent(String text, TraceFormat format, String start) {
    Traffic traffic = read(text);
    assertThat(TraceFormat.sniff(new TraceFile(directory.resolve("trace")))).isEqualTo(format);
    assertThat(traffic.start()).isEqualTo(Instant.parse(start));
    assertThat(tokens(traffic)).containsExactly("0/374/44", "1500000/396/-1");
  }

  static List<Arguments> requestFormats_areToldByTheirContent() {
    return List.of(
        Arguments.of(
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6800000,374,44
            2023-11-16 18:15:48.1800000,396,
            """,
            TraceFormat.AZURE_LLM,
            "2023-11-16T18:15:46.680Z"),
        Arguments.of(
            """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            0,ChatGPT,374,44,418,Conversation log
            1.5,"GPT-4, long",396,,396,API log
            """,
            TraceFormat.BURSTGPT,
            "2024-01-01T00:00:00Z"),
        Arguments.of(
            """
            {"timestamp": 0, "input_length": 374, "output_length": 44, "hash_ids": [46, 47]}

            {"timestamp": 1500, "input_length": 396, "output_length": null, "hash_ids": []}
            """,
            TraceFormat.MOONCAKE,
            "2024-01-01T00:00:00Z"),
        Arguments.of(
            """
            {"arrival": "2026-01-05T08:00:00+01:00", "prompt_tokens": 374, "completion_tokens": 44}
            {"arrival": "2026-01-05T07:00:01.5Z", "prompt_tokens": 396}
            """,
            TraceFormat.REQUEST_JSONL,
            "2026-01-05T07:00:00Z"),
        Arguments.of(
            "\ufeffoffset_s,input_tokens,output_tokens,kv\r\n0.000,374,44,1\r\n1.500,396,,2\r\n",
            TraceFormat.REQUEST_CSV,
            "2024-01-01T00:00:00Z"));
  }

  private static List<String> tokens(Traffic traffic) {
    List<String> rows = new ArrayList<>();
    try (RequestCursor cursor = ((RequestTraffic) traffic).open()) {
      while (cursor.next()) {
        rows.add(cursor.arrivalMicros() + "/" + cursor.inputTokens() + "/" + cursor.outputTokens());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource
  void rateCsv_understandsTimesAndUnits(String text, String start, double first) {
    RateTraffic traffic = (RateTraffic) read(text);
    assertThat(traffic.start()).isEqualTo(Instant.parse(start));
    assertThat(traffic.step()).isEqualTo(Duration.ofMinutes(1));
    assertThat(ratesOf(traffic)).containsExactly(first, 2 * first);
    assertThat(traffic.end()).isEqualTo(traffic.start().plusSeconds(120));
  }

  static List<Arguments> rateCsv_understandsTimesAndUnits() {
    return List.of(
        Arguments.of("time,value\n2026-01-05 00:00:00,3\n2026-01-05 00:01:00,6\n", MONDAY, 3),
        Arguments.of("time,requests\n2026-01-05T00:00Z,30\n2026-01-05T00:01Z,60\n", MONDAY, 0.5),
        Arguments.of("unix_s,rate_rps\n1767571200,3\n1767571260,6\n", MONDAY, 3),
        Arguments.of("ts,value\n1767571200000,3\n1767571260000,6\n", MONDAY, 3),
        Arguments.of("ts,value\n1767571200000000,3\n1767571260000000,6\n", MONDAY, 3),
        Arguments.of("1767571200,3\n1767571260,6\n", MONDAY, 3),
        Arguments.of("t_s,rate\n0,3\n60,6\n", "2024-01-01T00:00:00Z", 3),
        Arguments.of("offset_ms,rate\n0,3\n60000,6\n", "2024-01-01T00:00:00Z", 3),
        Arguments.of("cpu,\"when, local\",time\n7,x,0\n14,y,60\n", "2024-01-01T00:00:00Z", 7),
        Arguments.of(
            "date,a,requests\n2026-01-05T01:00:00+01:00,9,30\n2026-01-05T00:01:00Z,9,60\n",
            MONDAY,
            0.5));
  }

  private static final String MONDAY = "2026-01-05T00:00:00Z";

  @Test
  void rateCsv_aPersonsWordOnTheUnitCounts() {
    String text = "time,value\n0,30\n60,60\n";
    ReadOptions options = ReadOptions.defaults();
    assertThat(ratesOf(read(text, options.with(ValueUnit.COUNT)))).containsExactly(0.5, 1.0);
    assertThat(ratesOf(read(text, options.with(ValueUnit.RATE)))).containsExactly(30.0, 60.0);
  }

  @Test
  void rateCsv_absentRowsAndEmptyValuesAreUnknown_notZero() {
    Traffic traffic = read("t_s,rate\n0,1\n60,\n120,NaN\n180,4\n360,7\n420,8\n480,0\n");
    assertThat(ratesOf(traffic))
        .containsExactly(1.0, Double.NaN, Double.NaN, 4.0, Double.NaN, Double.NaN, 7.0, 8.0, 0.0);
  }

  @Test
  void rateCsv_unevenRowsGoToTheNearestStep() {
    Traffic traffic = read("t_s,rate\n0,1\n61,2\n119,3\n180,4\n240,5\n");
    assertThat(ratesOf(traffic)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void rateCsv_asGzipUnderAnyName() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("t_s,rate\n0,1\n60,2\n".getBytes(UTF_8));
    }
    assertThat(ratesOf(read(bytes.toByteArray(), ReadOptions.defaults())))
        .containsExactly(1.0, 2.0);
  }

  @Test
  void rateCsv_coarserStepThanItsRows_addsCountsAndAveragesRates() {
    ReadOptions defaults = ReadOptions.defaults();
    ReadOptions coarse =
        new ReadOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(2)),
            ReadOptions.DEFAULT_EPOCH,
            Optional.empty(),
            defaults.badRows());
    assertThat(ratesOf(read("t_s,rate\n0,1\n60,2\n120,4\n", coarse))).containsExactly(1.5, 4.0);
    assertThat(ratesOf(read("t_s,count\n0,120\n60,120\n120,240\n", coarse)))
        .containsExactly(2.0, 2.0);
  }

  @ParameterizedTest
  @MethodSource
  void badRows_areRefusedWithTheirPlace(String text, String message) {
    assertThatThrownBy(() -> drain(read(text)))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining("trace:" + message);
  }

  static List<Arguments> badRows_areRefusedWithTheirPlace() {
    String azure = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,44\n";
    String burst = "Timestamp,Model,Request tokens,Response tokens\n5,GPT,1,2\n";
    String mooncake = "{\"timestamp\": 27, \"input_length\": 1, \"output_length\": 2}\n";
    return List.of(
        Arguments.of("t_s,rate\n0,1\n60,abc\n", "3: column rate: must be a number from 0 up"),
        Arguments.of("t_s,rate\n0,1\n60,-1\n", "3: column rate: must be a number from 0 up"),
        Arguments.of("t_s,rate\n0,1\n60,Inf\n", "3: column rate: must be"),
        Arguments.of("t_s,rate\n0,1\n60,1f\n", "3: column rate: must be"),
        Arguments.of("t_s,rate\n0,1\n60\n", "3: must have at least 2 columns, has 1"),
        Arguments.of("t_s,rate\n0,1\nnoon,2\n", "3: column t_s: must be a time"),
        Arguments.of("t_s,rate\n0,1\n60,2\n60,2\n", "4: time: must be after the row before's"),
        Arguments.of("t_s,rate\n0,1\n60,2\n30,2\n", "4: time: must be after the row before's"),
        Arguments.of("t_s,rate\n0,1\n60,2\n9e7,2\n", "4: time: must be within 400 days"),
        Arguments.of(
            "time,v\n2026-01-05 00:00:00,1\n2026-13-05 00:00:00,1\n", "3: column time: must be"),
        Arguments.of(
            "time,v\n2026-01-05 00:00:00,1\n2026-01-05 24:61:00,1\n", "3: column time: must be"),
        Arguments.of("time,v\n2026-01-05 00:00:00,1\n17,1\n", "3: column time: must be"),
        Arguments.of(azure + "yesterday,1,1\n", "3: column TIMESTAMP: must be a time"),
        Arguments.of(azure + "2023-11-16 18:15:47,1.5,1\n", "3: column ContextTokens: must be"),
        Arguments.of(azure + "2023-11-16 18:15:47,1,-1\n", "3: column GeneratedTokens: must be"),
        Arguments.of(azure + "2023-11-16 18:15:45,1,1\n", "3: time: must be at or after"),
        Arguments.of(burst + "6,GPT,many,2\n", "3: column Request tokens: must be"),
        Arguments.of(burst + "6,GPT\n", "3: must have at least 4 columns, has 2"),
        Arguments.of(mooncake + "{\"timestamp\": 28, \"input_length\"\n", "2: column"),
        Arguments.of(mooncake + "[1]\n", "2: must be a JSON object"),
        Arguments.of(mooncake + "{\"input_length\": 1}\n", "2: must have a key timestamp"),
        Arguments.of(
            mooncake + "{\"timestamp\": 28, \"input_length\": -4}\n",
            "2: column 35: input_length: must be a whole number"),
        Arguments.of(mooncake + "{\"timestamp\": \"x\"}\n", "2: column 15: timestamp: must be"),
        Arguments.of(mooncake + "{\"timestamp\": 28} {}\n", "2: must be one JSON object"),
        Arguments.of(
            "offset_s,input_tokens\n0,1\n1,1e13\n", "3: column input_tokens: must be a whole"));
  }

  private static void drain(Traffic traffic) {
    if (traffic instanceof RateTraffic rates) {
      ratesOf(rates);
    } else {
      arrivals(traffic);
    }
  }

  @Test
  void badRows_canBeSkippedAndAreCountedOnce() {
    BadRows bad = BadRows.skipped();
    Traffic traffic =
        read("t_s,rate\n0,1\n60,x\n120,3\n90,3\n180,4\n", ReadOptions.defaults().with(bad));
    assertThat(ratesOf(traffic)).containsExactly(1.0, Double.NaN, 3.0, 4.0);
    assertThat(ratesOf(traffic)).hasSize(4);
    assertThat(bad.count()).isEqualTo(2);
    assertThat(bad.first()).hasSize(2);
    assertThat(bad.first().getFirst()).contains("trace:3: column rate");
    assertThat(bad.first().getLast()).contains("trace:5: time");
  }

  @Test
  void badJsonLines_canBeSkipped() {
    BadRows bad = BadRows.skipped();
    Traffic traffic =
        read(
            "{\"timestamp\": 0, \"input_length\": 1}\n{{{\n{\"timestamp\": 5, \"input_length\": 1}\n",
            ReadOptions.defaults().with(bad));
    assertThat(arrivals(traffic)).containsExactly(0L, 5000L);
    assertThat(bad.count()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource
  void filesThatAreNoTrace_areRefused(String text, String message) {
    assertThatThrownBy(() -> drain(read(text)))
        .isInstanceOf(InvalidTraceException.class)
        .hasMessageContaining(message);
  }

  static List<Arguments> filesThatAreNoTrace_areRefused() {
    return List.of(
        Arguments.of("", "begins with: nothing"),
        Arguments.of("hello\n", "must begin like one of the formats azure-llm, burstgpt"),
        Arguments.of("t_s,rate\n", "must hold at least one row"),
        Arguments.of("t_s,rate\n0,1\n", "must hold at least two rows"),
        Arguments.of("TIMESTAMP,ContextTokens,GeneratedTokens\n", "at least one request"));
  }

  @Test
  void missingFile_isNamed() {
    TraceFile file = new TraceFile(directory.resolve("nowhere.csv"));
    assertThatThrownBy(() -> TraceFormat.sniff(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere.csv: no such file");
  }

  @Test
  void cutOffGzip_isAnErrorAndNotAShortTrace() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 200_000; i++) {
        gzip.write((i * 60 + "," + i * 31 % 977 + "\n").getBytes(UTF_8));
      }
    }
    byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    Traffic traffic = read(half, ReadOptions.defaults());
    assertThatThrownBy(() -> ratesOf(traffic))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("trace");
  }
}
