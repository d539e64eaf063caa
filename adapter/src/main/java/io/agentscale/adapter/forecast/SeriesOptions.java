// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import io.agentscale.core.forecast.Absence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name a recorded series and what to forecast of it. */
final class SeriesOptions {
  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "the series, .csv or .csv.gz: a time and a value in each row")
  private Path csv = Path.of("");

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description =
          "header of the time column (default: the first): seconds, or a date and time such as"
              + " 2026-01-31 09:00:00")
  private @Nullable String timeColumn;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "header of the value column (default: the second)")
  private @Nullable String column;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "leave out rows before this time")
  private @Nullable Double from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "leave out rows from this time on")
  private @Nullable Double to;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "width of a bucket, whose mean is forecast (default: 10m)")
  private Duration step = Duration.ofMinutes(10);

  @Option(
      names = "--horizon",
      paramLabel = "DURATION",
      split = ",",
      converter = DurationConverter.class,
      description = "how far ahead, one or several (default: 10m,60m)")
  private List<Duration> horizons = List.of(Duration.ofMinutes(10), Duration.ofHours(1));

  @Option(
      names = "--absent",
      paramLabel = "unknown|zero",
      converter = AbsenceConverter.class,
      description =
          "what a missing row means: unknown (default), or zero where only events are written, as in"
              + " web logs")
  private Absence absence = Absence.UNKNOWN;

  List<Duration> horizons() {
    return List.copyOf(horizons);
  }

  Series read() throws IOException {
    SeriesCsv source =
        new SeriesCsv(
            csv,
            Optional.ofNullable(timeColumn),
            Optional.ofNullable(column),
            from == null ? Double.NEGATIVE_INFINITY : from,
            to == null ? Double.POSITIVE_INFINITY : to);
    return source.read(step, absence);
  }

  /** Reads unknown or zero. */
  static final class AbsenceConverter implements ITypeConverter<Absence> {
    @Override
    public Absence convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "unknown" -> Absence.UNKNOWN;
        case "zero" -> Absence.ZERO;
        default -> throw new TypeConversionException("must be unknown or zero, was: " + text);
      };
    }
  }

  /** Reads a time as in a row. */
  static final class TimeConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        return Moment.seconds(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
