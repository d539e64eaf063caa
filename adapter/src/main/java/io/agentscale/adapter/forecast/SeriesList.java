// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import static java.util.stream.Collectors.toSet;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.agentscale.core.forecast.Absence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The series of a folder: every CSV file as one, but for those a list says more about.
 *
 * <p>The list is a CSV file with the columns {@code file,series,absent,from,to}; a file named in
 * several rows gives several series, such as the stretches before and after an outage.
 */
final class SeriesList {
  private static final Duration USUAL_STEP = Duration.ofMinutes(10);

  private SeriesList() {}

  /** One series to read. */
  record Entry(String name, SeriesCsv source, Absence absence) {

    /** Reads it in steps of ten minutes, or of its own where those are longer. */
    Series read() throws IOException {
      Duration own = Duration.ofMinutes(Math.round(source.interval() / 60));
      Duration step = own.compareTo(USUAL_STEP) > 0 ? own : USUAL_STEP;
      Series series = source.read(step, absence);
      return series.named(name);
    }
  }

  static List<Entry> of(Path folder, Optional<Path> list) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (list.isPresent()) {
      entries.addAll(listed(folder, list.get()));
    }
    Set<Path> listed = entries.stream().map(entry -> entry.source().file()).collect(toSet());
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().matches(".*\\.csv(\\.gz)?"))
          .filter(file -> !listed.contains(file))
          .map(SeriesCsv::of)
          .forEach(source -> entries.add(new Entry(source.name(), source, Absence.UNKNOWN)));
    }
    entries.removeIf(entry -> !Files.exists(entry.source().file()));
    entries.sort((one, other) -> one.name().compareTo(other.name()));
    return entries;
  }

  private static List<Entry> listed(Path folder, Path list) throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(list)) {
      return rows.stream().map(row -> entry(folder, list, row)).toList();
    }
  }

  private static Entry entry(Path folder, Path list, NamedCsvRecord row) {
    Absence absence =
        switch (row.getField("absent")) {
          case "zero" -> Absence.ZERO;
          case "unknown" -> Absence.UNKNOWN;
          default ->
              throw new InvalidSeriesException(
                  "%s: line %d: absent: must be unknown or zero, was: '%s'"
                      .formatted(list, row.getStartingLineNumber(), row.getField("absent")));
        };
    SeriesCsv source =
        new SeriesCsv(
            folder.resolve(row.getField("file")),
            Optional.empty(),
            Optional.empty(),
            time(row.getField("from"), Double.NEGATIVE_INFINITY),
            time(row.getField("to"), Double.POSITIVE_INFINITY));
    return new Entry(row.getField("series"), source, absence);
  }

  private static double time(String text, double open) {
    return text.isEmpty() ? open : Moment.seconds(text);
  }
}
