// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authorization.AllowRule;
import io.agentscale.apiservice.authorization.AllowList;
import io.agentscale.apiservice.authorization.AllowedPaths;
import io.agentscale.apiservice.authorization.Authorizer;
import io.agentscale.apiservice.authorization.AuthorizerChain;
import io.agentscale.apiservice.authorization.SystemMasters;
import io.agentscale.apiservice.health.HealthChecks;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import java.util.concurrent.CompletableFuture;
import io.agentscale.apiservice.authorization.Decision;
import java.security.cert.CertificateException;

/** A server on a free loopback port, with clients that trust it. */
final class TestServer implements AutoCloseable {
  static final CertificateAuthority AUTHORITY = newAuthority();
  private static final ServingCertificate CERTIFICATE =
      ServingCertificate.issuedBy(
          AUTHORITY, List.of("localhost", "127.0.0.1"), InstantSource.system());

  final ApiServer server;

  private TestServer(ApiServer server) {
    this.server = server;
  }

  /** Serves everything to everybody. */
  static TestServer open(MetricsProvider provider) {
    return start(
        provider,
        new AuthenticatorChain(List.of()),
        new AuthorizerChain(
            List.of(
                new SystemMasters(),
                new AllowedPaths(AllowedPaths.PROBES),
                (_, _) -> CompletableFuture.completedStage(Decision.ALLOWED))),
        config -> config);
  }

  static TestServer start(
      MetricsProvider provider,
      Authenticator authenticator,
      Authorizer authorizer,
      UnaryOperator<ApiServerConfig> change) {
    var config =
        ApiServerConfig.of("127.0.0.1", 0, CERTIFICATE).withStopTimeout(Duration.ofMillis(50));
    ApiServer server =
        new ApiServer(
            change.apply(config),
            provider,
            authenticator,
            authorizer,
            HealthChecks.NONE,
            RequestObserver.NONE);
    try {
      server.start();
      return new TestServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CertificateAuthority newAuthority() {
    return CertificateAuthority.generate(Instant.now());
  }

  static AllowList reading(String... users) {
    return new AllowList(List.of(users).stream().map(AllowRule::readAll).toList());
  }

  String url(String path) {
    return "https://127.0.0.1:" + server.port() + path;
  }

  static OkHttpClient client(List<Protocol> protocols, @Nullable HeldCertificate identity) {
    var certificates = new HandshakeCertificates.Builder().addTrustedCertificate(authority());
    if (identity != null) {
      certificates.heldCertificate(identity);
    }
    HandshakeCertificates handshake = certificates.build();
    return new OkHttpClient.Builder()
        .protocols(protocols)
        .sslSocketFactory(handshake.sslSocketFactory(), handshake.trustManager())
        .build();
  }

  static OkHttpClient client() {
    return client(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), null);
  }

  static X509Certificate authority() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      AUTHORITY.certificatePem().getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a GET; the caller closes the response. */
  Response get(OkHttpClient client, String path) throws IOException {
    return client.newCall(new Request.Builder().url(url(path)).build()).execute();
  }

  @Override
  public void close() {
    server.close();
  }
}
