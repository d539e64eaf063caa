// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.command;

import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.simulations.options.DurationReader;
import io.agentscale.simulations.options.InstantReader;
import io.agentscale.simulations.options.OptionReader;
import io.agentscale.simulations.trace.Gaps;
import io.agentscale.simulations.trace.format.TraceFormat;
import io.agentscale.simulations.trace.row.BadRows;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.ValueUnit;
import io.agentscale.simulations.trace.spec.TrafficSource;
import io.agentscale.simulations.trace.spec.TrafficSpec;
import io.agentscale.simulations.trace.spec.TrafficYaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say which traffic is meant: a file, a specification, or a Prometheus. */
final class TrafficArguments {
  private static final Duration USUAL_LAST = Duration.ofDays(1);
  private static final Duration USUAL_QUERY_STEP = Duration.ofMinutes(1);

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|SPEC",
      description =
          "a trace, .gz or not; a .yaml file with a key traffic; or the value of such a key, such"
              + " as '{generator: constant, rate: 5, duration: 1h}'")
  private @Nullable String what;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description =
          "azure-llm, burstgpt, mooncake, request-jsonl, request-csv, promtool-dump, openmetrics or"
              + " rate-csv (default: told by the first line)")
  private @Nullable TraceFormat format;

  @Option(
      names = "--value",
      paramLabel = "count|rate",
      converter = UnitConverter.class,
      description =
          "whether values are requests per step or per second (default: told by the header)")
  private @Nullable ValueUnit unit;

  @Option(names = "--column", paramLabel = "NAME", description = "header of the value's column")
  private @Nullable String column;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description =
          "length of a series' steps (default: the usual distance of two rows; of a Prometheus,"
              + " 1m)")
  private @Nullable Duration step;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = InstantReader.class,
      description = "when a file begins whose times are offsets (default: 2024-01-01T00:00:00Z)")
  private Instant start = ReadOptions.DEFAULT_EPOCH;

  @Option(
      names = "--series",
      paramLabel = "SELECTOR",
      description = "which series of a dump, such as 'requests_total{namespace=\"prod\"}'")
  private @Nullable String series;

  @Option(
      names = "--gaps",
      paramLabel = "fail|hold|zero",
      converter = GapsConverter.class,
      description = "what to do with steps nobody measured (default: leave them unknown)")
  private @Nullable Gaps gaps;

  @Option(
      names = "--skip-bad-rows",
      description = "leave out rows that are not understood, and count them")
  private boolean skipBadRows;

  @Option(names = "--prometheus-url", paramLabel = "URL", description = "read a Prometheus")
  private @Nullable URI prometheusUrl;

  @Option(
      names = "--query",
      paramLabel = "PROMQL",
      description = "requests per second; several series are added up")
  private @Nullable String query;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description = "how much of the past to read, up to --to (default: 1d)")
  private @Nullable Duration last;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantReader.class,
      description = "when to begin, in place of --last")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantReader.class,
      description = "when to end (default: now)")
  private @Nullable Instant to;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "where answers are kept, so that an interrupted reading goes on (default:"
              + " ~/.cache/agentscale/prometheus)")
  private @Nullable Path cache;

  private final BadRows skipped = BadRows.skipped();

  /**
   * Returns what is meant.
   *
   * @throws IllegalArgumentException if the arguments contradict each other
   * @throws io.agentscale.adapter.yaml.InvalidYamlException if a specification is wrong
   */
  TrafficSpec spec() throws IOException {
    if (prometheusUrl != null) {
      return queried(prometheusUrl);
    }
    if (what == null) {
      throw new IllegalArgumentException("name a trace, a specification, or --prometheus-url");
    }
    Path directory = Path.of("").toAbsolutePath();
    if (what.startsWith("{")) {
      return YamlDocument.parse("traffic", directory, what, TrafficYaml::read);
    }
    Path path = Path.of(what);
    return what.endsWith(".yaml") || what.endsWith(".yml")
        ? YamlDocument.read(path, TrafficArguments::traffic)
        : recorded(path);
  }

  /** Returns the rows that were left out, where {@code --skip-bad-rows} was asked for. */
  BadRows skipped() {
    return skipped;
  }

  private static TrafficSpec traffic(YamlMapping scenario) {
    Optional<TrafficSpec> traffic =
        scenario.required("traffic", value -> value.mapping(TrafficYaml::read));
    scenario.ignoreOthers();
    return traffic.orElseThrow();
  }

  private TrafficSpec recorded(Path path) {
    ReadOptions options =
        new ReadOptions(
            Optional.ofNullable(column),
            Optional.ofNullable(unit),
            Optional.ofNullable(step),
            start,
            Optional.ofNullable(series),
            skipBadRows ? skipped : BadRows.refused());
    return new TrafficSpec(
        new TrafficSource.Recorded(path, Optional.ofNullable(format), options),
        Optional.ofNullable(gaps),
        List.of());
  }

  private TrafficSpec queried(URI url) {
    if (what != null || query == null) {
      throw new IllegalArgumentException("--prometheus-url goes with --query, and without a file");
    }
    if (from != null && last != null) {
      throw new IllegalArgumentException("--from and --last exclude each other");
    }
    return new TrafficSpec(
        new TrafficSource.Queried(
            url,
            query,
            Optional.ofNullable(from),
            Optional.ofNullable(to),
            last == null ? USUAL_LAST : last,
            step == null ? USUAL_QUERY_STEP : step,
            Optional.ofNullable(cache)),
        Optional.ofNullable(gaps),
        List.of());
  }

  static final class FormatConverter implements OptionReader<TraceFormat> {
    @Override
    public TraceFormat read(String text) {
      return TraceFormat.ofWord(text);
    }
  }

  static final class UnitConverter implements OptionReader<ValueUnit> {
    @Override
    public ValueUnit read(String text) {
      return switch (text) {
        case "count" -> ValueUnit.COUNT;
        case "rate" -> ValueUnit.RATE;
        default -> throw new IllegalArgumentException("must be count or rate, was: " + text);
      };
    }
  }

  static final class GapsConverter implements OptionReader<Gaps> {
    @Override
    public Gaps read(String text) {
      return switch (text) {
        case "fail" -> Gaps.FAIL;
        case "hold" -> Gaps.HOLD;
        case "zero" -> Gaps.ZERO;
        default -> throw new IllegalArgumentException("must be fail, hold or zero, was: " + text);
      };
    }
  }
}
