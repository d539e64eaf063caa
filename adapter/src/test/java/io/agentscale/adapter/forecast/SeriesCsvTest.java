// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.core.forecast.Absence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A misread file is worse than none: its forecasts look like forecasts. */
final class SeriesCsvTest {
  private static final Duration TEN = Duration.ofMinutes(10);

  @TempDir private Path folder = Path.of("");

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("load.csv"), String.join("\n", lines) + "\n");
  }

  private static double[] values(Series series) {
    return IntStream.range(0, series.length()).mapToDouble(series::value).toArray();
  }

  @Test
  void read_bucketsAreMeans_gapsAreUnknown() throws IOException {
    Path file = file("t,v", "0,1", "300,3", "1800,5");
    Series series = SeriesCsv.of(file).read(TEN, Absence.UNKNOWN);

    assertThat(values(series)).containsExactly(2, Double.NaN, Double.NaN, 5);
    assertThat(series.name()).isEqualTo("load");
    assertThat(series.at(0)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void read_absentMeansZero_missingRowsCountAsZeros() throws IOException {
    // Rows every 5 minutes: the second bucket lacks one of its two, the third both.
    Path file = file("t,v", "0,1", "300,3", "600,8", "1800,5", "2100,5");

    assertThat(values(SeriesCsv.of(file).read(TEN, Absence.ZERO))).containsExactly(2, 4, 0, 5);
  }

  @Test
  void read_everyKindOfTime_isUnderstood() throws IOException {
    for (String time :
        new String[] {
          "2014-04-10 00:10:00",
          "2014-04-10T00:10:00Z",
          "2014-04-10T02:10:00+02:00",
          "2014-04-10 00:10",
          "1397088600",
          "1397088600000",
          "1.3970886e9"
        }) {
      Series series = SeriesCsv.of(file("time,value", time + ",7")).read(TEN, Absence.UNKNOWN);
      assertThat(series.at(0)).as(time).isEqualTo(Instant.parse("2014-04-10T00:10:00Z"));
    }
  }

  @Test
  void read_namedColumns_areFound() throws IOException {
    Path file = file("load,noise,when", "4,0,0", "6,0,600");
    SeriesCsv named =
        new SeriesCsv(file, Optional.of("when"), Optional.of("load"), 0, Double.POSITIVE_INFINITY);
    SeriesCsv wrong =
        new SeriesCsv(file, Optional.of("when"), Optional.of("laod"), 0, Double.POSITIVE_INFINITY);

    assertThat(values(named.read(TEN, Absence.UNKNOWN))).containsExactly(4, 6);
    assertThatThrownBy(() -> wrong.read(TEN, Absence.UNKNOWN))
        .hasMessage(file + ": line 1: no column 'laod', found [load, noise, when]");
  }

  @Test
  void read_noHeader_keepsTheFirstRow() throws IOException {
    assertThat(values(SeriesCsv.of(file("0,4", "600,6")).read(TEN, Absence.UNKNOWN)))
        .containsExactly(4, 6);
  }

  @Test
  void read_gzip_isUnpacked() throws IOException {
    Path file = folder.resolve("load.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("t,v\n0,4\n600,6\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(values(SeriesCsv.of(file).read(TEN, Absence.UNKNOWN))).containsExactly(4, 6);
    assertThat(SeriesCsv.of(file).name()).isEqualTo("load");
  }

  @Test
  void read_emptyValue_isUnknownNotZero() throws IOException {
    Path file = file("t,v", "0,4", "600,", "1200,NaN", "1800,6");

    assertThat(values(SeriesCsv.of(file).read(TEN, Absence.UNKNOWN)))
        .containsExactly(4, Double.NaN, Double.NaN, 6);
  }

  @Test
  void read_badRow_isRefusedWithFileAndLine() throws IOException {
    assertRefused(": line 3: value: must be a number, was: 'six'", "t,v", "0,4", "600,six");
    assertRefused(": line 2: value: must be finite, was: 'Infinity'", "t,v", "0,Infinity");
    assertRefused(
        ": line 3: time: must be seconds or like 2026-01-31T09:00:00, was: 'soon'",
        "t,v",
        "0,4",
        "soon,6");
    assertRefused(": line 3: must have at least 2 fields, has 1", "t,v", "0,4", "600");
    assertRefused(": must hold at least one row in the asked time", "t,v");
    assertRefused("is a time wrong?", "t,v", "0,4", "99999999999,6");
  }

  @Test
  void read_notGzip_isRefusedWithItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("load.csv.gz"), "t,v\n0,4\n");

    assertThatThrownBy(() -> SeriesCsv.of(file).read(TEN, Absence.UNKNOWN))
        .isInstanceOf(InvalidSeriesException.class)
        .hasMessage(file + ": Not in GZIP format");
  }

  private void assertRefused(String message, String... lines) throws IOException {
    SeriesCsv source = SeriesCsv.of(file(lines));
    assertThatThrownBy(() -> source.read(TEN, Absence.UNKNOWN))
        .isInstanceOf(InvalidSeriesException.class)
        .hasMessageContaining("load.csv")
        .hasMessageContaining(message);
  }
}
