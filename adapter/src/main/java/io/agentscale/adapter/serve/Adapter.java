// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.Version;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ClusterMetricRules;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.config.Doors;
import io.agentscale.adapter.metrics.MetricsRouter;
import io.agentscale.adapter.metrics.Served;
import io.agentscale.adapter.registration.Registration;
import io.agentscale.adapter.registration.RegistrationConfig;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.ops.OperationsServer;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.live.DemandMetric;
import io.agentscale.adapter.policy.live.PodConcurrency;
import io.agentscale.apiservice.health.HealthCheck;
import io.agentscale.apiservice.health.HealthChecks;
import io.agentscale.apiservice.server.ApiServer;
import io.agentscale.apiservice.server.ApiServerConfig;
import io.agentscale.apiservice.server.Limits;
import io.agentscale.apiservice.server.ServerVersion;
import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.util.concurrent.CompletableFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: what is served, from where, and to whom. Closed, it has stopped in order.
 */
public final class Adapter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Adapter.class);
  private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

  private final StartedParts started = new StartedParts();
  private final InstantSource clock;
  private final AdapterConfig config;
  private final RegistrationConfig registering;
  private final MetricsExporter exporter = new MetricsExporter();
  private final PolicyBoard board = new PolicyBoard();
  private Optional<CertificateAuthority> ownAuthority = Optional.empty();
  private Optional<LocalToken> localToken = Optional.empty();
  private final ApiServer server;
  private final OperationsServer operations;
  private final Optional<GrpcDoors> doors;

  /**
   * Starts the service.
   *
   * @param config what to serve, from where
   * @param kubeconfig how to reach the cluster; absent for the usual places. Not looked at where
   *     the configuration names a file of objects.
   * @throws IOException if an address cannot be bound or a file not be read
   * @throws io.agentscale.adapter.cluster.NoClusterException if there are neither objects nor a
   *     cluster
   */
  public static Adapter start(AdapterConfig config, Optional<Path> kubeconfig, InstantSource clock)
      throws IOException {
    return start(config, kubeconfig, RegistrationConfig.NONE, clock);
  }

  /**
   * Starts the service and has the cluster lead its clients here.
   *
   * @param registering what to register
   * @throws io.agentscale.adapter.registration.RegistrationConflictException if that leads to
   *     another service
   * @throws io.agentscale.adapter.cluster.ControlPlaneException if the cluster does not let us
   * @see #start(AdapterConfig, Optional, InstantSource)
   */
  public static Adapter start(
      AdapterConfig config,
      Optional<Path> kubeconfig,
      RegistrationConfig registering,
      InstantSource clock)
      throws IOException {
    return new Adapter(
        config, kubeconfig, registering, Optional.empty(), clock, (_, _) -> Optional.empty());
  }

  /**
   * Starts the service with policies that work on what the caller brings along.
   *
   * @see #start(AdapterConfig, Optional, InstantSource)
   */
  public static Adapter start(
      AdapterConfig config, Optional<Path> kubeconfig, PolicyParts policies, InstantSource clock)
      throws IOException {
    return new Adapter(
        config,
        kubeconfig,
        RegistrationConfig.NONE,
        Optional.of(policies),
        clock,
        (_, _) -> Optional.empty());
  }

  /**
   * Starts the service with a configuration file, and follows the file's changes.
   *
   * @throws io.agentscale.adapter.yaml.InvalidYamlException if the file is refused
   * @see #start(AdapterConfig, Optional, RegistrationConfig, InstantSource)
   */
  public static Adapter start(
      ConfigFile file,
      Optional<Path> kubeconfig,
      RegistrationConfig registering,
      InstantSource clock)
      throws IOException {
    String text = file.text();
    return new Adapter(
        file.parse(text),
        kubeconfig,
        registering,
        Optional.empty(),
        clock,
        (sources, exporter) ->
            Optional.of(new ConfigWatch(file, text, sources::replace, exporter::configReloaded)));
  }

  private Adapter(
      AdapterConfig config,
      Optional<Path> kubeconfig,
      RegistrationConfig registering,
      Optional<PolicyParts> policyParts,
      InstantSource clock,
      BiFunction<MetricSources, MetricsExporter, Optional<ConfigWatch>> watching)
      throws IOException {
    this.config = config;
    this.registering = registering;
    this.clock = clock;
    // Making keys takes about as long as all the rest, and depends on none of it.
    Optional<CompletableFuture<OwnCertificate>> own =
        config.server().tls().isPresent() || registering.isWanted()
            ? Optional.empty()
            : Optional.of(OwnCertificate.make(localNames(config), clock));
    try {
      Optional<ClusterConnection> cluster = cluster(kubeconfig);
      ClusterMembership membership = membership(cluster);
      started.addAll(membership.parts());
      KnownObjects known = known(cluster);
      started.addAll(known.parts());
      MetricSources sources = started.add(new MetricSources(config, known, exporter, clock));
      // The cluster and Prometheus answer while the rest is put together.
      sources.start();
      Optional<PolicyService> policies = policies(policyParts, sources, known);
      ServedSamples served = served(sources, known, policies);
      Optional<ConfigWatch> watch = watching.apply(sources, exporter);
      watch.ifPresent(started::add);
      exporter.showSampleAges(served::ages);
      ServingCertificate certificate = membership.certificate().orElseGet(() -> certificate(own));
      this.server = started.add(server(served, sources, membership, watch, certificate));
      this.operations =
          started.add(
              OperationsServer.start(
                  new InetSocketAddress(config.ops().listen(), config.ops().port()),
                  exporter,
                  () -> ClusterMembership.unready(checks(sources, membership)),
                  policies.map(PolicyService::pages).orElse(Map.of())));
      // All that takes time is done meanwhile: what is asked of the cluster travels.
      membership.await(config);
      server.start();
      this.doors = openDoors(served, sources, membership, certificate);
      known.cluster().ifPresent(connection -> follow(connection, known, sources));
      policies.ifPresent(PolicyService::start);
      watch.ifPresent(ConfigWatch::start);
      membership.registration().ifPresent(Registration::start);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    log.atInfo()
        .addKeyValue("port", port())
        .addKeyValue("opsPort", opsPort())
        .log("Serving the metrics APIs");
  }

  /** Returns the port of the metrics APIs. */
  public int port() {
    return server.port();
  }

  /** Returns the port of the service's own metrics and health. */
  public int opsPort() {
    return operations.address().getPort();
  }

  /** Returns what policies decided last. */
  public PolicyBoard policies() {
    return board;
  }

  /** Returns the port KEDA asks; empty while it is closed. */
  public OptionalInt kedaPort() {
    return doors.map(GrpcDoors::kedaPort).orElse(OptionalInt.empty());
  }

  /** Returns the port agents push to; empty while it is closed. */
  public OptionalInt otlpPort() {
    return doors.map(GrpcDoors::otlpPort).orElse(OptionalInt.empty());
  }

  /** Returns the certificate that vouches for the server in PEM; absent where one was given. */
  public Optional<String> caPem() {
    return ownAuthority.map(CertificateAuthority::certificatePem);
  }

  /** Returns the token made up for whoever started this; absent where access was configured. */
  public Optional<LocalToken> localToken() {
    return localToken;
  }

  /** Stops taking requests, answers those in flight, then stops everything behind them. */
  @Override
  public void close() {
    started.close();
  }

  private Optional<ClusterConnection> cluster(Optional<Path> kubeconfig) {
    boolean needed =
        config.objectsFile().isEmpty() || ClusterMembership.isWanted(config, registering);
    return needed ? Optional.of(ClusterConnection.find(kubeconfig)) : Optional.empty();
  }

  private void follow(ClusterConnection connection, KnownObjects known, MetricSources sources) {
    started.add(ClusterMetricRules.follow(connection, clock, sources.teams()));
    started.add(FollowedAutoscalers.start(connection, known, sources, exporter, clock));
  }

  private Optional<PolicyService> policies(
      Optional<PolicyParts> given, MetricSources sources, KnownObjects known) {
    PodConcurrency runs = PolicyService.runs(sources, known, clock);
    return given
        .<Supplier<PolicyParts>>map(parts -> () -> parts)
        .or(() -> clusterParts(known, runs))
        .map(
            parts ->
                started.add(
                    new PolicyService(
                        parts, config.policies(), sources, known, runs, board, exporter, clock)));
  }

  private ServedSamples served(
      MetricSources sources, KnownObjects known, Optional<PolicyService> policies) {
    Supplier<Served> now =
        () -> policies.map(each -> each.with(sources.served())).orElseGet(sources::served);
    return new ServedSamples(new MetricsRouter(known.kinds(), known.objects(), now), clock);
  }

  private ClusterMembership membership(Optional<ClusterConnection> cluster) {
    return ClusterMembership.isWanted(config, registering)
        ? ClusterMembership.join(
            cluster.orElseThrow(), config, registering, localNames(config), clock)
        : ClusterMembership.none();
  }

  private KnownObjects known(Optional<ClusterConnection> cluster) throws IOException {
    boolean withPods = MetricSources.followsPods(config);
    return config.objectsFile().isPresent()
        ? KnownObjects.ofFile(config.objectsFile().get(), withPods)
        : KnownObjects.ofCluster(cluster.orElseThrow(), withPods, clock);
  }

  private Optional<GrpcDoors> openDoors(
      ServedSamples served,
      MetricSources sources,
      ClusterMembership membership,
      ServingCertificate certificate)
      throws IOException {
    if (config.doors().equals(Doors.CLOSED)) {
      return Optional.empty();
    }
    var doors = started.add(new GrpcDoors(config.doors(), certificate, exporter, clock));
    doors.openKeda(board, DemandMetric.believed(config.policies().loop().period()), served);
    if (sources.pushed().isPresent()) {
      doors.openOtlp(sources.pushed().get(), membership.delegation(), localToken);
    }
    return Optional.of(doors);
  }

  private Optional<Supplier<PolicyParts>> clusterParts(KnownObjects known, PodConcurrency runs) {
    AdapterConfig.Policies wanted = config.policies();
    boolean isWanted =
        wanted.enabled().orElse(wanted.file().isPresent() || known.cluster().isPresent());
    if (!isWanted) {
      return Optional.empty();
    }
    ClusterConnection connection =
        known
            .cluster()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "policies: need a cluster, whose workloads they scale; leave out --objects"
                            + " and `objects`"));
    var parts = new ClusterPolicyParts(connection, wanted, known, exporter, clock);
    return Optional.of(() -> parts.start(runs));
  }

  private static List<HealthCheck> checks(MetricSources sources, ClusterMembership membership) {
    List<HealthCheck> checks = new ArrayList<>(membership.checks());
    checks.add(new HealthCheck("rules-listed", sources::unready));
    return checks;
  }

  private static List<HealthCheck> checks(
      MetricSources sources, ClusterMembership membership, Optional<ConfigWatch> watch) {
    List<HealthCheck> checks = new ArrayList<>(checks(sources, membership));
    checks.add(
        new HealthCheck("config", Optional::empty, () -> watch.flatMap(ConfigWatch::refusal)));
    return checks;
  }

  private ApiServer server(
      ServedSamples served,
      MetricSources sources,
      ClusterMembership membership,
      Optional<ConfigWatch> watch,
      ServingCertificate certificate)
      throws IOException {
    AdapterConfig.Auth auth = config.server().auth();
    if (!auth.isStatic() && membership.delegation().isEmpty()) {
      localToken = Optional.of(started.add(LocalToken.create()));
    }
    AccessControl access = AccessControl.of(auth, localToken, membership.delegation(), clock);
    ApiServerConfig listening =
        ApiServerConfig.of(config.server().listen(), config.server().port(), certificate)
            .withClientAuthorities(access.clientAuthorities())
            .withLimits(Limits.DEFAULT.withRequestDeadline(config.server().requestTimeout()))
            .withVersion(new ServerVersion("v" + Version.text(), ""));
    return new ApiServer(
        listening,
        served,
        access.authenticator(),
        access.authorizer(),
        new HealthChecks(List.of(), checks(sources, membership, watch)),
        exporter::requestAnswered);
  }

  private ServingCertificate certificate(Optional<CompletableFuture<OwnCertificate>> own) {
    Optional<AdapterConfig.ServerTls> given = config.server().tls();
    if (given.isPresent()) {
      return ServingCertificate.ofFiles(given.get().certFile(), given.get().keyFile());
    }
    OwnCertificate made = own.orElseThrow().join();
    ownAuthority = Optional.of(made.authority());
    return made.certificate();
  }

  private static List<String> localNames(AdapterConfig config) {
    return Stream.concat(LOCAL_NAMES.stream(), Stream.of(config.server().listen()))
        .distinct()
        .filter(name -> !name.equals("0.0.0.0") && !name.equals("::"))
        .toList();
  }
}
