// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.tls.ServingCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How an API server listens.
 *
 * @param host address to bind; {@code 0.0.0.0} for all
 * @param port to listen on; 0 for any free one
 * @param certificate shown to clients
 * @param clientAuthorities named to clients in the handshake, so that they know which certificate
 *     to show; belief is the authenticator's business
 * @param limits on requests
 * @param stopTimeout time for requests in flight when the server is closed
 * @param version answered by {@code /version}
 */
public record ApiServerConfig(
    String host,
    int port,
    ServingCertificate certificate,
    Supplier<List<X509Certificate>> clientAuthorities,
    Limits limits,
    Duration stopTimeout,
    ServerVersion version) {
  public ApiServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: must be between 0 and 65535, was: " + port);
    }
  }

  /** Returns the usual configuration. */
  public static ApiServerConfig of(String host, int port, ServingCertificate certificate) {
    return new ApiServerConfig(
        host,
        port,
        certificate,
        List::of,
        Limits.DEFAULT,
        Duration.ofSeconds(10),
        ServerVersion.UNKNOWN);
  }

  public ApiServerConfig withClientAuthorities(Supplier<List<X509Certificate>> named) {
    return new ApiServerConfig(host, port, certificate, named, limits, stopTimeout, version);
  }

  public ApiServerConfig withLimits(Limits limits) {
    return new ApiServerConfig(
        host, port, certificate, clientAuthorities, limits, stopTimeout, version);
  }

  public ApiServerConfig withStopTimeout(Duration timeout) {
    return new ApiServerConfig(
        host, port, certificate, clientAuthorities, limits, timeout, version);
  }

  public ApiServerConfig withVersion(ServerVersion version) {
    return new ApiServerConfig(
        host, port, certificate, clientAuthorities, limits, stopTimeout, version);
  }
}
