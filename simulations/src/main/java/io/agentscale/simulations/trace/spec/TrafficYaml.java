// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import static java.util.function.Predicate.not;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.trace.Gaps;
import io.agentscale.simulations.trace.format.TraceFormat;
import io.agentscale.simulations.trace.generator.GeneratedTraffic;
import io.agentscale.simulations.trace.generator.Generator;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.ValueUnit;
import io.agentscale.simulations.trace.spec.TrafficSpec.Change;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the {@code traffic} of a scenario. */
public final class TrafficYaml {
  private static final Duration USUAL_STEP = Duration.ofSeconds(10);
  private static final Duration USUAL_QUERY_STEP = Duration.ofMinutes(1);

  private TrafficYaml() {}

  /**
   * Reads a time, or a date as its midnight in UTC.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Instant instant(String text) {
    return Fields.instant(text);
  }

  /** Reads the mapping below {@code traffic}; relative paths are relative to its file. */
  public static TrafficSpec read(YamlMapping keys) {
    long seed = keys.optional("seed", Fields::seed).orElse(0);
    Optional<GeneratorKind> generator = keys.optional("generator", GeneratorKind::of);
    Optional<Path> file = keys.optional("file", YamlValue::path);
    Optional<TrafficSource.Queried> queried = keys.section("prometheus", TrafficYaml::queried);
    Optional<Gaps> gaps = keys.optional("gaps", value -> value.oneOf(Gaps.class));
    List<Change> changes =
        keys.list("transforms", value -> value.mapping(c -> TransformYaml.read(c, seed)));
    List<TrafficSource> sources =
        Stream.<Optional<? extends TrafficSource>>of(
                generator.map(kind -> generated(kind, keys, seed)),
                file.map(path -> recorded(path, keys)),
                queried)
            .filter(not(Optional::isEmpty))
            .<TrafficSource>map(Optional::orElseThrow)
            .toList();
    if (sources.size() != 1) {
      keys.ignoreOthers();
      throw new IllegalArgumentException(
          "must have one of the keys file, generator, prometheus, has %s"
              .formatted(sources.isEmpty() ? "none" : "several"));
    }
    return new TrafficSpec(sources.getFirst(), gaps, changes);
  }

  private static TrafficSource generated(GeneratorKind kind, YamlMapping keys, long seed) {
    Instant start = keys.optional("start", Fields::instant).orElse(ReadOptions.DEFAULT_EPOCH);
    Optional<Duration> duration = keys.required("duration", YamlValue::duration);
    Duration step = keys.optional("step", YamlValue::duration).orElse(USUAL_STEP);
    Generator generator = kind.read(keys);
    return new TrafficSource.Generated(
        new GeneratedTraffic(generator, start, duration.orElseThrow(), step, seed));
  }

  private static TrafficSource recorded(Path path, YamlMapping keys) {
    Optional<TraceFormat> format =
        keys.optional("format", value -> TraceFormat.ofWord(value.string()));
    Optional<String> column = keys.optional("column", YamlValue::nonEmpty);
    Optional<ValueUnit> unit = keys.optional("value", value -> value.oneOf(ValueUnit.class));
    Optional<Duration> step = keys.optional("step", YamlValue::duration);
    Instant epoch = keys.optional("start", Fields::instant).orElse(ReadOptions.DEFAULT_EPOCH);
    Optional<String> series = keys.optional("series", YamlValue::nonEmpty);
    boolean skip = keys.optional("skipBadRows", YamlValue::bool).orElse(false);
    BadRows badRows = skip ? BadRows.skipped() : BadRows.refused();
    return new TrafficSource.Recorded(
        path, format, new ReadOptions(column, unit, step, epoch, series, badRows));
  }

  private static TrafficSource.Queried queried(YamlMapping keys) {
    Optional<URI> url = keys.required("url", YamlValue::httpUrl);
    Optional<String> query = keys.required("query", YamlValue::nonEmpty);
    Optional<Instant> from = keys.optional("from", Fields::instant);
    Optional<Instant> to = keys.optional("to", Fields::instant);
    Optional<Duration> last = keys.optional("last", YamlValue::duration);
    Duration step = keys.optional("step", YamlValue::duration).orElse(USUAL_QUERY_STEP);
    Optional<Path> cache = keys.optional("cache", YamlValue::path);
    if (from.isPresent() == last.isPresent()) {
      throw new IllegalArgumentException("must have one of the keys from and last");
    }
    return new TrafficSource.Queried(
        url.orElseThrow(), query.orElseThrow(), from, to, last.orElse(Duration.ZERO), step, cache);
  }
}
