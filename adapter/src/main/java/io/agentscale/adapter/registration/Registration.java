// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.apiservice.tls.ClientAuthorities;
import io.agentscale.apiservice.tls.ServingCertificate;
import io.agentscale.apiservice.tls.WatchedFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps us registered: every ten seconds the authority is read and the APIServices are mended, if
 * anybody changed either. After the first success nothing is taken over any more, whatever the
 * configuration says: two servers that did so would fight for ever.
 */
public final class Registration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  /** How often what is registered is looked after. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  private final RegistrationConfig config;
  private final ApiServices apiServices;
  private final Supplier<String> caBundle;
  private final Optional<SharedServingCertificate> certificate;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("registration").factory());
  private volatile Optional<String> unready = Optional.of("not registered yet");

  private Registration(
      RegistrationConfig config,
      ControlPlane controlPlane,
      Supplier<String> caBundle,
      Optional<SharedServingCertificate> certificate) {
    this.config = config;
    this.caBundle = caBundle;
    this.certificate = certificate;
    this.apiServices =
        new ApiServices(
            controlPlane,
            Arrays.stream(RegisteredGroup.values())
                .filter(config.groups()::contains)
                .flatMap(group -> group.apiServices().stream())
                .toList(),
            config.service());
  }

  /**
   * Prepares a registration whose authority is shared by all replicas; blocks until it is known.
   *
   * @param names further names and addresses for the serving certificate
   * @throws ControlPlaneException if the API server does not let us
   * @throws IllegalArgumentException if the Secret of the authority holds something else
   */
  public static Registration ofSharedAuthority(
      RegistrationConfig config,
      ControlPlane controlPlane,
      List<String> names,
      InstantSource clock) {
    SharedAuthority shared = new SharedAuthority(controlPlane, config.service().namespace());
    SharedAuthority.Content first = shared.readOrCreate(clock.instant());
    List<String> all = new ArrayList<>(names);
    all.addAll(config.service().dnsNames());
    SharedServingCertificate certificate =
        new SharedServingCertificate(first.authority(), all, clock);
    Supplier<String> bundle =
        new Supplier<>() {
          private SharedAuthority.Content known = first;

          @Override
          public String get() {
            SharedAuthority.Content found = shared.readOrCreate(clock.instant());
            if (!found.isSame(known)) {
              certificate.issueBy(found.authority());
              known = found;
              log.atInfo()
                  .addKeyValue("secret", SharedAuthority.SECRET)
                  .log("The authority was replaced");
            }
            return known.bundle();
          }
        };
    return new Registration(config, controlPlane, bundle, Optional.of(certificate));
  }

  /**
   * Prepares a registration of a server whose certificate was given.
   *
   * @throws IllegalArgumentException if the CA file is missing or holds no certificate
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Registration ofGivenAuthority(
      RegistrationConfig config, ControlPlane controlPlane) {
    WatchedFile<String> file =
        WatchedFile.open(
            config
                .caFile()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--register with server.tls needs --register-ca-file: the authority"
                                + " that vouches for server.tls.certFile")),
            Registration::checked);
    return new Registration(config, controlPlane, file::current, Optional.empty());
  }

  private static String checked(byte[] pem) {
    ClientAuthorities.parse(pem);
    return new String(pem, UTF_8);
  }

  /** Returns the certificate of the shared authority; absent where one was given. */
  public Optional<ServingCertificate> certificate() {
    return certificate.map(shared -> shared);
  }

  /**
   * Registers, and keeps registered from then on. A failure other than a conflict does not last: it
   * is tried again, and {@link #unready} tells.
   *
   * @throws RegistrationConflictException if an APIService leads to another service
   */
  public void start() {
    try {
      apiServices.ensure(caBundle.get(), config.takeOver());
      unready = Optional.empty();
    } catch (ControlPlaneException | IllegalArgumentException e) {
      failed(e);
    }
    var _ =
        keeper.scheduleWithFixedDelay(
            this::keep, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks after the registration once. */
  void keep() {
    try {
      boolean first = unready.isPresent();
      apiServices.ensure(caBundle.get(), first && config.takeOver());
      unready = Optional.empty();
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      failed(e);
    }
  }

  /** Returns why we are not registered yet; empty once we were. */
  public Optional<String> unready() {
    return unready;
  }

  private void failed(RuntimeException failure) {
    if (unready.isPresent()) {
      unready = Optional.of("not registered: " + failure.getMessage());
    }
    log.atWarn()
        .addKeyValue("cause", failure.getMessage())
        .log("The registration could not be looked after, it is tried again");
  }

  @Override
  public void close() {
    keeper.shutdownNow();
  }
}
