// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.config.AdapterConfig.ClientTls;
import io.agentscale.adapter.config.AdapterConfig.Prometheus;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.prometheus.CircuitBreaker;
import io.agentscale.adapter.prometheus.Credentials;
import io.agentscale.adapter.prometheus.GuardedPrometheus;
import io.agentscale.adapter.prometheus.PrometheusClient;
import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.prometheus.PrometheusException;
import io.agentscale.adapter.prometheus.QuestionListener;
import io.agentscale.adapter.prometheus.TlsFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The Prometheus servers of a configuration, by name; the default one's name is empty. */
public final class PrometheusServers implements AutoCloseable {
  static final String DEFAULT = "";

  private final Map<String, PrometheusClient> clients = new HashMap<>();
  private final Map<String, GuardedPrometheus> guarded = new HashMap<>();
  private final QuestionListener listener;

  PrometheusServers(AdapterConfig config, MetricsExporter exporter, InstantSource clock) {
    this(config, (_, took, failure) -> count(exporter, took, failure), clock);
  }

  /** Connects to nothing yet; the listener hears of every question that ends. */
  public PrometheusServers(AdapterConfig config, QuestionListener listener, InstantSource clock) {
    this.listener = listener;
    config.backends().forEach(this::connect);
    config.prometheus().ifPresent(prometheus -> connect(DEFAULT, prometheus));
    clients.forEach(
        (name, client) ->
            guarded.put(name, new GuardedPrometheus(client, clock, CircuitBreaker.Limits.DEFAULT)));
  }

  /** Returns all of them. */
  public Map<String, GuardedPrometheus> byName() {
    return Map.copyOf(guarded);
  }

  Optional<GuardedPrometheus> defaultOne() {
    return Optional.ofNullable(guarded.get(DEFAULT));
  }

  @Override
  public void close() {
    clients.values().forEach(PrometheusClient::close);
  }

  private void connect(String name, Prometheus config) {
    clients.put(name, new PrometheusClient(reached(config), listener));
  }

  /** Returns how to reach a Prometheus of a configuration. */
  public static PrometheusConfig reached(Prometheus config) {
    return PrometheusConfig.at(config.url())
        .withDeadline(config.timeout())
        .withHeaders(config.headers())
        .withCredentials(credentials(config))
        .withTls(tls(config.tls()));
  }

  private static void count(
      MetricsExporter exporter, Duration took, Optional<PrometheusException> failure) {
    failure.ifPresentOrElse(
        cause -> exporter.prometheusFailed(cause.kind().name().toLowerCase(Locale.ROOT), took),
        () -> exporter.prometheusAnswered(took));
  }

  private static Credentials credentials(Prometheus config) {
    if (config.basicAuth().isPresent()) {
      AdapterConfig.BasicAuth basic = config.basicAuth().get();
      return new Credentials.Basic(basic.username(), basic.passwordFile());
    }
    return config
        .bearerTokenFile()
        .<Credentials>map(Credentials.BearerToken::new)
        .orElseGet(Credentials.None::new);
  }

  private static TlsFiles tls(ClientTls tls) {
    return new TlsFiles(tls.caFile(), tls.certFile(), tls.keyFile());
  }
}
