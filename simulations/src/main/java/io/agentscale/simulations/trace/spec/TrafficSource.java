// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.format.TraceFormat;
import io.agentscale.simulations.trace.generator.GeneratedTraffic;
import io.agentscale.simulations.trace.prometheus.PrometheusRange;
import io.agentscale.simulations.trace.prometheus.RangeQuestion;
import io.agentscale.simulations.trace.row.ReadOptions;
import io.agentscale.simulations.trace.row.TraceFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where traffic comes from. */
public sealed interface TrafficSource {
  /** Opens it as it was recorded, unknown steps included. */
  Traffic open(TrafficSetting setting);

  /**
   * A file.
   *
   * @param path where it lies
   * @param format empty to tell by its first line
   * @param options what the file does not say
   */
  record Recorded(Path path, Optional<TraceFormat> format, ReadOptions options)
      implements TrafficSource {
    @Override
    public Traffic open(TrafficSetting setting) {
      TraceFile file = new TraceFile(path);
      TraceFormat named = format.orElseGet(() -> TraceFormat.sniff(file));
      return named.open(file, options);
    }
  }

  /**
   * A formula.
   *
   * @param traffic what it makes
   */
  record Generated(GeneratedTraffic traffic) implements TrafficSource {
    @Override
    public Traffic open(TrafficSetting setting) {
      return traffic;
    }
  }

  /**
   * A Prometheus.
   *
   * @param url where it is
   * @param query requests per second
   * @param from when the range begins; empty for {@code last}
   * @param to when it ends; empty for now
   * @param last how long it is, where {@code from} is empty
   * @param step of the range
   * @param cache where answers are kept; empty for the usual place
   */
  record Queried(
      URI url,
      String query,
      Optional<Instant> from,
      Optional<Instant> to,
      Duration last,
      Duration step,
      Optional<Path> cache)
      implements TrafficSource {
    /** A piece is up to 10,000 points of an expression that may be dear. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Override
    public Traffic open(TrafficSetting setting) {
      Instant now = setting.clock().instant();
      Instant end = to.orElse(now);
      RangeQuestion question =
          new RangeQuestion(url, query, from.orElseGet(() -> end.minus(last)), end, step);
      PrometheusConfig config = PrometheusConfig.at(url).withDeadline(DEADLINE);
      try (PrometheusClient client = new PrometheusClient(config, QuestionListener.NONE)) {
        return new PrometheusRange(client, cache.orElse(setting.cache()))
            .fetch(question, now, setting.progress());
      }
    }
  }
}
