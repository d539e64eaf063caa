// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.delegation.Delegation;
import io.agentscale.adapter.registration.Registration;
import io.agentscale.adapter.registration.RegistrationConfig;
import io.agentscale.apiservice.health.HealthCheck;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the service is to a cluster: one whose callers the cluster vouches for, and one that the
 * cluster leads callers to. Outside a cluster it is neither.
 *
 * @param delegation decides who may ask; absent where the configuration does
 * @param registration leads callers to us; absent where nothing is registered
 * @param parts to close at the end, the last first
 */
record ClusterMembership(
    Optional<Delegation> delegation,
    Optional<Registration> registration,
    List<AutoCloseable> parts) {

  /** Tells whether the cluster decides who may ask. */
  static boolean isDelegated(AdapterConfig config) {
    AdapterConfig.Auth auth = config.server().auth();
    return auth.delegated().orElse(config.objectsFile().isEmpty() && !auth.isStatic());
  }

  /** Tells whether there must be a cluster. */
  static boolean isWanted(AdapterConfig config, RegistrationConfig registration) {
    return isDelegated(config) || registration.isWanted();
  }

  /** Returns that of a service which no cluster knows. */
  static ClusterMembership none() {
    return new ClusterMembership(Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Begins to read from the cluster what is needed before the first request can be answered, which
   * {@link #await} waits for.
   *
   * @param names of this machine, for the serving certificate
   * @throws IllegalArgumentException if the configuration contradicts itself
   * @throws io.agentscale.adapter.cluster.ControlPlaneException if the API server does not let us
   */
  static ClusterMembership join(
      ClusterConnection connection,
      AdapterConfig config,
      RegistrationConfig registering,
      List<String> names,
      InstantSource clock) {
    List<AutoCloseable> parts = new ArrayList<>();
    try {
      ControlPlane controlPlane = ControlPlane.connect(connection);
      parts.add(controlPlane);
      Optional<Delegation> delegation = Optional.empty();
      if (isDelegated(config)) {
        delegation = Optional.of(Delegation.start(controlPlane, clock));
        parts.add(delegation.get());
      }
      Optional<Registration> registration = Optional.empty();
      if (registering.isWanted()) {
        registration = Optional.of(registration(config, registering, controlPlane, names, clock));
        parts.add(registration.get());
      }
      return new ClusterMembership(delegation, registration, parts);
    } catch (RuntimeException e) {
      close(parts, e);
      throw e;
    }
  }

  private static Registration registration(
      AdapterConfig config,
      RegistrationConfig registering,
      ControlPlane controlPlane,
      List<String> names,
      InstantSource clock) {
    boolean given = config.server().tls().isPresent();
    if (!given && registering.caFile().isPresent()) {
      throw new IllegalArgumentException(
          "--register-ca-file needs server.tls: our own authority vouches for our own certificate");
    }
    return given
        ? Registration.ofGivenAuthority(registering, controlPlane)
        : Registration.ofSharedAuthority(registering, controlPlane, names, clock);
  }

  /**
   * Waits until it is known whose certificates are honoured.
   *
   * @throws IllegalArgumentException if the cluster does not tell it
   */
  void await(AdapterConfig config) {
    delegation.ifPresent(present -> present.await(config.server().auth().tolerateLookupFailure()));
  }

  /** Returns the certificate to serve with; absent where the cluster has no say in it. */
  Optional<ServingCertificate> certificate() {
    return registration.flatMap(Registration::certificate);
  }

  /** Returns what must hold before requests may come. */
  List<HealthCheck> checks() {
    List<HealthCheck> checks = new ArrayList<>();
    delegation.ifPresent(
        present -> checks.add(new HealthCheck("client-authorities", present::unready)));
    registration.ifPresent(
        present -> checks.add(new HealthCheck("registration", present::unready)));
    return checks;
  }

  /** Returns the first thing that does not hold. */
  static Optional<String> unready(List<HealthCheck> checks) {
    return checks.stream().map(HealthCheck::failure).flatMap(ClusterMembership::told).findFirst();
  }

  private static java.util.stream.Stream<String> told(Supplier<Optional<String>> failure) {
    return failure.get().stream();
  }

  private static void close(List<AutoCloseable> parts, RuntimeException cause) {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        cause.addSuppressed(e);
      }
    }
  }
}
