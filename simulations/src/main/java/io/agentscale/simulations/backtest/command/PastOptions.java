// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest.command;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.live.HistoryQuery;
import io.agentscale.adapter.policy.live.QueryReach;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.serve.PrometheusServers;
import io.agentscale.simulations.backtest.past.Stretch;
import io.agentscale.simulations.backtest.past.WorkloadPast;
import io.agentscale.simulations.options.DurationReader;
import io.agentscale.simulations.options.InstantReader;
import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which past is meant, and who knows it. */
final class PastOptions {
  @Option(
      names = "--prometheus-url",
      paramLabel = "URL",
      description = "Prometheus to read, over that of the configuration")
  private @Nullable URI prometheusUrl;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the service's configuration (YAML), for credentials, headers and TLS of its Prometheus,"
              + " further ones that the policy may name, and how pods are labelled")
  private @Nullable Path config;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description = "how much of the past to score, up to --to (default: 14d)")
  private @Nullable Duration last;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantReader.class,
      description = "where scoring begins, in place of --last")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantReader.class,
      description = "where scoring ends (default: now)")
  private @Nullable Instant to;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      converter = DurationReader.class,
      description = "between two looks at the past (default: 15s, as often as is decided)")
  private Duration step = Duration.ofSeconds(15);

  @Option(
      names = "--query",
      paramLabel = "PROMQL",
      description =
          "the demand, in place of the policy's own, of whatever namespaces; several series are"
              + " added up")
  private @Nullable String query;

  @Option(
      names = "--replicas-query",
      paramLabel = "PROMQL",
      description = "the ready replicas that really ran, in place of kube-state-metrics' series")
  private @Nullable String replicasQuery;

  @Option(names = "--no-actual", description = "go without what really ran, where nobody knows it")
  private boolean noActual;

  @Option(
      names = "--all-namespaces",
      description = "let the policy's query read series of other namespaces than its own")
  private boolean allNamespaces;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "where answers are kept, so that an interrupted reading goes on (default:"
              + " ~/.cache/agentscale/prometheus)")
  private @Nullable Path cache;

  boolean comparesActual() {
    return !noActual;
  }

  /** Returns the service's configuration, or its defaults. */
  AdapterConfig config() throws IOException {
    AdapterConfig loaded = config == null ? AdapterConfig.DEFAULT : AdapterConfig.load(config);
    return prometheusUrl == null ? loaded : loaded.withPrometheusUrl(prometheusUrl);
  }

  TrafficSetting in(TrafficSetting setting) {
    return cache == null ? setting : new TrafficSetting(setting.clock(), cache, setting.progress());
  }

  Stretch stretch(Instant now) {
    if (from != null && last != null) {
      throw new IllegalArgumentException("--from and --last exclude each other");
    }
    Instant end = to == null ? now : to;
    Duration length = last == null ? Duration.ofDays(14) : last;
    return new Stretch(from == null ? end.minus(length) : from, end, step);
  }

  WorkloadPast past(PolicyDefinition policy, Stretch stretch, AdapterConfig loaded) {
    QueryScope scope = loaded.presets().scope();
    boolean isConfined = !allNamespaces && loaded.policies().confineQueries().orElse(true);
    QueryReach reach = isConfined ? QueryReach.ofNamespaces(scope::namespaceLabel) : QueryReach.ALL;
    return new WorkloadPast(
        policy,
        stretch,
        new WorkloadPast.Asked(
            new HistoryQuery(scope, reach),
            Optional.ofNullable(query),
            Optional.ofNullable(replicasQuery)));
  }

  /** Returns the Prometheus that knows replicas and pods. */
  PrometheusConfig ofCluster(AdapterConfig loaded) {
    return PrometheusServers.reached(
        loaded
            .prometheus()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "name a Prometheus with --prometheus-url, or a --config that has one")));
  }

  /** Returns the Prometheus that knows the demand. */
  PrometheusConfig ofDemand(AdapterConfig loaded, PolicyDefinition policy) {
    if (query == null
        && policy.demand() instanceof DemandSource.OfQuery(_, Optional<String> backend)
        && backend.isPresent()) {
      return Optional.ofNullable(loaded.backends().get(backend.get()))
          .map(PrometheusServers::reached)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "spec.demand.backend: must be one of the backends of --config, was: "
                          + backend.get()));
    }
    return ofCluster(loaded);
  }
}
