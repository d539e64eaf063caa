// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.dump;

import io.agentscale.adapter.scrape.ExposedSeries;
import io.agentscale.adapter.scrape.SampleLine.MalformedException;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.row.BadRowException;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the samples of a dump that were asked for, each with the sample of its series before. */
final class DumpSamples {
  /** Hears of every sample. */
  @FunctionalInterface
  interface Listener {
    /**
     * A series went from one sample to the next.
     *
     * @param isCounter whether values only grow, but for resets
     * @param before the sample before, absent for the first of its series
     */
    void sample(boolean isCounter, Optional<Sample> before, Sample now);
  }

  /** A value at a time; NaN marks the end of a series. */
  record Sample(long millis, double value) {}

  private final TraceFile file;
  private final DumpDialect dialect;
  private final ReadOptions options;
  private final Optional<SeriesSelector> selector;

  DumpSamples(TraceFile file, DumpDialect dialect, ReadOptions options) {
    this.file = file;
    this.dialect = dialect;
    this.options = options;
    this.selector = options.series().map(SeriesSelector::parse);
  }

  void read(Listener listener) {
    BadRows.Reading bad = options.badRows().begin(file);
    Pass pass = new Pass(listener);
    try (BufferedReader text = file.text()) {
      String line = text.readLine();
      for (long number = 1; line != null; number++) {
        try {
          pass.line(number, line);
        } catch (BadRowException e) {
          bad.found(e);
        }
        line = text.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
    if (pass.last.isEmpty()) {
      throw new InvalidTraceException(
          "%s: must hold at least one sample%s"
              .formatted(file, selector.map(s -> " of " + s.text()).orElse("")));
    }
  }

  /** One reading of the file. */
  private final class Pass {
    private final Listener listener;
    private final Map<String, Boolean> counters = new HashMap<>();
    private final Map<Map<String, String>, Sample> last = new HashMap<>();
    private @Nullable String name;

    Pass(Listener listener) {
      this.listener = listener;
    }

    void line(long number, String line) throws BadRowException {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        if (words.length == 4) {
          counters.put(words[2], words[3].strip().equals("counter"));
        }
      }
      if (line.isBlank() || line.startsWith("#")) {
        return;
      }
      try {
        sample(number, dialect.parse(line));
      } catch (MalformedException e) {
        throw new BadRowException(number, e.getMessage());
      }
    }

    private void sample(long number, ExposedSeries parsed) throws BadRowException {
      if (!isAsked(parsed)) {
        return;
      }
      long millis =
          parsed
              .at()
              .orElseThrow(() -> new BadRowException(number, "must end with a timestamp"))
              .toEpochMilli();
      Map<String, String> key = new HashMap<>(parsed.labels());
      key.put("__name__", parsed.name());
      Sample before = last.get(key);
      if (before != null && before.millis >= millis) {
        throw new BadRowException(
            number,
            "timestamp: must be after the sample before of this series, %d ms, was: %d ms"
                .formatted(before.millis, millis));
      }
      if (parsed.value() < 0 || Double.isInfinite(parsed.value())) {
        throw new BadRowException(number, "value: must be from 0 up, was: " + parsed.value());
      }
      Sample now = new Sample(millis, parsed.value());
      last.put(key, now);
      listener.sample(isCounter(parsed.name()), Optional.ofNullable(before), now);
    }

    /** Without a selector there must be one metric only: a sum over several means nothing. */
    private boolean isAsked(ExposedSeries parsed) {
      if (selector.isPresent()) {
        return selector.get().matches(parsed.name(), parsed.labels());
      }
      if (name != null && !name.equals(parsed.name())) {
        throw new InvalidTraceException(
            "%s: holds several metrics, %s and %s among them: say which series is the traffic"
                .formatted(file, name, parsed.name()));
      }
      name = parsed.name();
      return true;
    }

    private boolean isCounter(String series) {
      String family = series.endsWith("_total") ? series.substring(0, series.length() - 6) : series;
      Boolean declared = counters.getOrDefault(series, counters.get(family));
      return declared == null
          ? series.endsWith("_total") || series.endsWith("_count")
          : declared || series.endsWith("_count");
    }
  }
}
