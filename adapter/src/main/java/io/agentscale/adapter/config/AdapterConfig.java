// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.config;

import io.agentscale.adapter.prometheus.PrometheusConfig;
import io.agentscale.adapter.policy.live.LeaseLeadership;
import io.agentscale.adapter.policy.live.LoopSettings;
import io.agentscale.adapter.preset.QueryScope;
import io.agentscale.adapter.rules.RuleSet;
import io.agentscale.adapter.rules.query.RuleMode;
import io.agentscale.adapter.yaml.YamlDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of the running service. A prometheus-adapter configuration is one too.
 *
 * @param prometheus the default Prometheus; absent to scrape pods only
 * @param backends further ones by name, for rules that name them
 * @param scrape how pods are scraped directly
 * @param presets the built-in metrics
 * @param objectsFile static objects to serve instead of a cluster's
 * @param server where the metrics APIs are served
 * @param ops where the service's own metrics and health are served
 * @param doors where KEDA asks and agents push
 * @param mode how closely prometheus-adapter is followed
 * @param rules which further metrics exist
 * @param policies how scaling policies are followed
 */
public record AdapterConfig(
    Optional<Prometheus> prometheus,
    Map<String, Prometheus> backends,
    Scrape scrape,
    Presets presets,
    Optional<Path> objectsFile,
    Server server,
    Ops ops,
    Doors doors,
    RuleMode mode,
    RuleSet rules,
    Policies policies) {
  public static final AdapterConfig DEFAULT =
      new AdapterConfig(
          Optional.empty(),
          Map.of(),
          Scrape.DEFAULT,
          Presets.DEFAULT,
          Optional.empty(),
          Server.DEFAULT,
          Ops.DEFAULT,
          Doors.CLOSED,
          RuleMode.SAFE,
          RuleSet.EMPTY,
          Policies.DEFAULT);

  public AdapterConfig {
    backends = Map.copyOf(backends);
  }

  /**
   * Reads a configuration file.
   *
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of the file
   * @throws IOException if it cannot be read
   */
  public static AdapterConfig load(Path file) throws IOException {
    return YamlDocument.read(file, AdapterConfigReader::read);
  }

  /**
   * Reads a configuration from a text.
   *
   * @param file the name to report problems under
   * @param directory what relative paths in the text are relative to
   * @throws io.agentscale.adapter.yaml.InvalidYamlException with every problem of the text
   */
  public static AdapterConfig parse(String file, Path directory, String text) {
    return YamlDocument.parse(file, directory, text, AdapterConfigReader::read);
  }

  /** Returns this configuration with the default Prometheus elsewhere, asked in the same way. */
  public AdapterConfig withPrometheusUrl(URI url) {
    Prometheus moved =
        prometheus
            .map(
                given ->
                    new Prometheus(
                        url,
                        given.timeout(),
                        given.headers(),
                        given.basicAuth(),
                        given.bearerTokenFile(),
                        given.tls()))
            .orElseGet(() -> Prometheus.at(url));
    return new AdapterConfig(
        Optional.of(moved),
        backends,
        scrape,
        presets,
        objectsFile,
        server,
        ops,
        doors,
        mode,
        rules,
        policies);
  }

  /** Returns this configuration with its policies read from a file. */
  public AdapterConfig withPoliciesOf(Path file) {
    return new AdapterConfig(
        prometheus,
        backends,
        scrape,
        presets,
        objectsFile,
        server,
        ops,
        doors,
        mode,
        rules,
        new Policies(
            Optional.of(true),
            Optional.of(file),
            policies.confineQueries(),
            policies.loop(),
            policies.lease()));
  }

  /**
   * A Prometheus, or what speaks its query API.
   *
   * @param url of its root; a path prefix is kept
   * @param timeout after which a query is given up
   * @param headers sent with every query
   * @param basicAuth user and password
   * @param bearerTokenFile read again when it changes
   * @param tls trust and client certificate
   */
  public record Prometheus(
      URI url,
      Duration timeout,
      Map<String, String> headers,
      Optional<BasicAuth> basicAuth,
      Optional<Path> bearerTokenFile,
      ClientTls tls) {
    /** Returns the defaults for a Prometheus that asks for no credentials. */
    public static Prometheus at(URI url) {
      return new Prometheus(
          url,
          PrometheusConfig.DEFAULT_DEADLINE,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          ClientTls.DEFAULT);
    }

    public Prometheus {
      headers = Map.copyOf(headers);
      if (basicAuth.isPresent() && bearerTokenFile.isPresent()) {
        throw new IllegalArgumentException("must have basicAuth or bearerTokenFile, was: both");
      }
    }
  }

  /**
   * HTTP basic authentication.
   *
   * @param username in the clear
   * @param passwordFile read again when it changes
   */
  public record BasicAuth(String username, Path passwordFile) {}

  /**
   * How a server is trusted, and what it is shown.
   *
   * @param caFile certificates to trust; absent for those of the system
   * @param certFile client certificate
   * @param keyFile its private key
   */
  public record ClientTls(Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile) {
    public static final ClientTls DEFAULT =
        new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    public ClientTls {
      requirePair(certFile, keyFile);
    }
  }

  /**
   * Direct scraping of pods.
   *
   * @param enabled absent to scrape exactly when there is no Prometheus
   * @param interval between scrapes of one pod
   * @param timeout of one scrape
   * @param staleAfter the age from which a value is no longer served
   */
  public record Scrape(
      Optional<Boolean> enabled, Duration interval, Duration timeout, Duration staleAfter) {
    public static final Scrape DEFAULT =
        new Scrape(
            Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(15));

    public Scrape {
      if (timeout.compareTo(interval) > 0) {
        throw new IllegalArgumentException(
            "timeout: must not be longer than interval, was: " + timeout + " > " + interval);
      }
      if (staleAfter.compareTo(interval) < 0) {
        throw new IllegalArgumentException(
            "staleAfter: must not be shorter than interval, was: " + staleAfter + " < " + interval);
      }
    }
  }

  /**
   * The built-in metrics.
   *
   * @param enabled names of those to serve
   * @param window that rates are taken over
   * @param podLabel label in Prometheus that names the pod
   * @param namespaceLabel label in Prometheus that names the namespace
   */
  public record Presets(
      Set<String> enabled, Duration window, String podLabel, String namespaceLabel) {
    /** Every preset there is. */
    public static final List<String> NAMES =
        List.of("agent_concurrency", "agent_tokens_per_minute", "agent_queue_depth");

    public static final Presets DEFAULT =
        new Presets(Set.copyOf(NAMES), Duration.ofMinutes(1), "pod", "namespace");

    public Presets {
      enabled = Set.copyOf(enabled);
    }

    /** Returns how the default Prometheus labels pods. */
    public QueryScope scope() {
      return new QueryScope(namespaceLabel, podLabel, window, List.of());
    }
  }

  /**
   * The metrics APIs.
   *
   * @param listen address to listen on
   * @param port to listen on
   * @param tls serving certificate; absent for one generated at start
   * @param requestTimeout after which a request is answered with an error
   * @param auth who may ask
   */
  public record Server(
      String listen, int port, Optional<ServerTls> tls, Duration requestTimeout, Auth auth) {
    public static final Server DEFAULT =
        new Server("0.0.0.0", 6443, Optional.empty(), Duration.ofSeconds(10), Auth.DEFAULT);
  }

  /**
   * A serving certificate.
   *
   * @param certFile chain in PEM, read again when it changes
   * @param keyFile private key in PEM, read again when it changes
   */
  public record ServerTls(Path certFile, Path keyFile) {}

  /**
   * Who may ask.
   *
   * @param delegated whether the cluster decides who asks and what they may read; absent for yes
   *     exactly where there is a cluster and nothing static
   * @param tolerateLookupFailure start even if the cluster does not tell whose certificates to
   *     believe; not ready until it does
   * @param tokenFile static bearer tokens with their users
   * @param clientCaFile static authorities of client certificates
   * @param allow users and groups that may read every metric
   */
  public record Auth(
      Optional<Boolean> delegated,
      boolean tolerateLookupFailure,
      Optional<Path> tokenFile,
      Optional<Path> clientCaFile,
      List<String> allow) {
    public static final Auth DEFAULT =
        new Auth(Optional.empty(), false, Optional.empty(), Optional.empty(), List.of());

    public Auth {
      allow = List.copyOf(allow);
    }

    /** Tells whether tokens or client certificates are configured here. */
    public boolean isStatic() {
      return tokenFile.isPresent() || clientCaFile.isPresent();
    }
  }

  /**
   * The service's own metrics and health.
   *
   * @param listen address to listen on
   * @param port to listen on
   */
  public record Ops(String listen, int port) {
    public static final Ops DEFAULT = new Ops("0.0.0.0", 8080);
  }

  /**
   * Scaling policies.
   *
   * @param enabled absent to follow them exactly where there are any: in a cluster, or in a file
   * @param file to read them from; absent for those of the cluster
   * @param confineQueries whether a policy's query reads the series of its own namespace only;
   *     absent to do so with policies of the cluster, which others may write
   * @param loop how they are decided upon
   * @param lease held by the one replica that writes to the cluster
   */
  public record Policies(
      Optional<Boolean> enabled,
      Optional<Path> file,
      Optional<Boolean> confineQueries,
      LoopSettings loop,
      LeaseLeadership.Place lease) {
    public static final Policies DEFAULT =
        new Policies(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LoopSettings.DEFAULT,
            new LeaseLeadership.Place("agentscale-system", "agentscale"));

    /**
     * Tells whether queries are confined.
     *
     * @param inCluster whether there is a cluster that policies may come from
     */
    public boolean confinesQueries(boolean inCluster) {
      return confineQueries.orElse(inCluster && file.isEmpty());
    }
  }

  private static void requirePair(Optional<Path> certFile, Optional<Path> keyFile) {
    if (certFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException("certFile, keyFile: must be given together");
    }
  }
}
