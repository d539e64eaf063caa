// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.authorization.AllowedPaths;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import java.util.Objects;

/**
 * A certificate that is not followed ends all trust some night; one followed blindly ends it now.
 */
final class CertificateReloadTest {
  @TempDir Path directory;
  private Path certificate;
  private Path key;
  private int written;

  private final HeldCertificate authority =
      new HeldCertificate.Builder().commonName("ca").certificateAuthority(0).build();

  @BeforeEach
  void setUp() throws IOException {
    certificate = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
    write(serving(1));
  }

  private HeldCertificate serving(long serial) {
    return new HeldCertificate.Builder()
        .commonName("server")
        .serialNumber(serial)
        .addSubjectAlternativeName("127.0.0.1")
        .signedBy(authority)
        .build();
  }

  private void write(HeldCertificate held) throws IOException {
    write(certificate, held.certificatePem());
    write(key, held.privateKeyPkcs8Pem());
  }

  private void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + 1000L * written++));
  }

  /** A fresh client, since connections keep the certificate they began with. */
  private BigInteger shown(TestServer server) throws IOException {
    HandshakeCertificates trusting =
        new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate()).build();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
            .build();
    try (Response response = server.get(client, "/livez")) {
      assertThat(response.code()).isEqualTo(200);
      var handshake = Objects.requireNonNull(response.handshake(), "TLS");
      return ((X509Certificate) handshake.peerCertificates().getFirst()).getSerialNumber();
    }
  }

  @Test
  void newFiles_areShownToNewConnections_andBrokenOnesNever() throws Exception {
    ServingCertificate files = ServingCertificate.ofFiles(certificate, key);
    try (var server =
        TestServer.start(
            new TestProvider(),
            new AuthenticatorChain(List.of()),
            new AllowedPaths(AllowedPaths.PROBES),
            config ->
                new ApiServerConfig(
                    config.host(),
                    config.port(),
                    files,
                    config.clientAuthorities(),
                    config.limits(),
                    config.stopTimeout(),
                    config.version()))) {
      assertThat(shown(server)).isEqualTo(1);

      write(serving(2));
      await().untilAsserted(() -> assertThat(shown(server)).isEqualTo(2));

      write(key, "not a key");
      write(certificate, serving(3).certificatePem());
      // Nothing to wait for: the next good pair below shows that this one was looked at and left.
      assertThat(shown(server)).isEqualTo(2);

      write(serving(4));
      await().untilAsserted(() -> assertThat(shown(server)).isEqualTo(4));
    }
  }
}
