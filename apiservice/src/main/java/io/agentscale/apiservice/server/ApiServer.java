// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authorization.Authorizer;
import io.agentscale.apiservice.health.HealthCheck;
import io.agentscale.apiservice.health.HealthChecks;
import io.agentscale.apiservice.provider.MetricsProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An API server for {@code custom.metrics.k8s.io} and {@code external.metrics.k8s.io}. */
public final class ApiServer implements AutoCloseable {
  private final HttpsServer https;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Puts everything together; {@link #start} is yet to come.
   *
   * @param provider of values, asked from network threads
   * @param authenticator who asks; usually an {@code AuthenticatorChain}, whose end is anonymous
   * @param authorizer who may; usually an {@code AuthorizerChain} that begins with {@code
   *     SystemMasters} and {@code AllowedPaths}
   * @param health of the embedding program
   * @param observer hears of each request
   */
  public ApiServer(
      ApiServerConfig config,
      MetricsProvider provider,
      Authenticator authenticator,
      Authorizer authorizer,
      HealthChecks health,
      RequestObserver observer) {
    var endpoints = new Endpoints(provider, withShutdown(health, stopping), config.version());
    var access = new Access(authenticator, authorizer);
    var writer = new ReplyWriter(config.limits());
    var handler = new ApiHandler(access, endpoints, config.limits(), writer, observer);
    this.https = new HttpsServer(config, handler, new StatusErrors(writer));
  }

  /**
   * Starts to serve.
   *
   * @throws IOException if the port cannot be had
   */
  public void start() throws IOException {
    https.start();
  }

  private static HealthChecks withShutdown(HealthChecks health, AtomicBoolean stopping) {
    List<HealthCheck> ready = new ArrayList<>(health.ready());
    ready.add(
        new HealthCheck(
            "shutdown",
            () -> stopping.get() ? Optional.of("the process is shutting down") : Optional.empty()));
    return new HealthChecks(health.live(), ready);
  }

  /** Returns the port listened on. */
  public int port() {
    return https.port();
  }

  /**
   * Makes {@code /readyz} fail while everything is still served, so that traffic goes elsewhere
   * before {@link #close}.
   */
  public void drain() {
    stopping.set(true);
  }

  /** Turns unready, lets requests in flight end, and stops. */
  @Override
  public void close() {
    drain();
    https.close();
  }
}
