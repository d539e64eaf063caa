// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates rotate while we run; a rotation must neither cut us off nor lower our guard. */
final class PrometheusTlsTest {
  private static final MockResponse EMPTY =
      new MockResponse.Builder()
          .addHeader("Content-Type", "application/json")
          // So that every question shakes hands anew.
          .addHeader("Connection", "close")
          .body("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")
          .build();

  private final MockWebServer server = new MockWebServer();
  private final HeldCertificate authority =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(authority)
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(own)
            .addTrustedCertificate(authority.certificate())
            .build()
            .sslSocketFactory());
    server.requestClientAuth();
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void query_unknownAuthority_isUnreachable_untilTheCaFileNamesIt() throws IOException {
    Path ca = write("ca.pem", new HeldCertificate.Builder().build().certificatePem());
    try (var client = client(new TlsFiles(Optional.of(ca), Optional.empty(), Optional.empty()))) {
      assertThat(client.query("up", Instant.EPOCH))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withMessageContaining("no trusted TLS connection");

      write("ca.pem", authority.certificatePem());
      ask(client);
    }
  }

  @Test
  void query_clientCertificate_followsItsFiles_andOutlivesABrokenRotation() throws Exception {
    TlsFiles files = writeClient(1, new HeldCertificate.Builder().rsa2048());
    try (var client = client(files)) {
      ask(client);
      assertThat(shownSerial()).isEqualTo(BigInteger.ONE);

      var _ = writeClient(2, new HeldCertificate.Builder().ecdsa256());
      ask(client);
      assertThat(shownSerial()).isEqualTo(BigInteger.TWO);

      write("key.pem", "half a fi");
      ask(client);
      assertThat(shownSerial()).isEqualTo(BigInteger.TWO);

      Files.delete(directory.resolve("key.pem"));
      ask(client);
      assertThat(shownSerial()).isEqualTo(BigInteger.TWO);
    }
  }

  @Test
  void query_unusableFilesFromTheStart_areNamedWithoutTheirContent() throws IOException {
    TlsFiles files = writeClient(1, new HeldCertificate.Builder());
    write("key.pem", "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n");
    try (var client = client(files)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(client.query("up", Instant.EPOCH))
            .failsWithin(Duration.ofSeconds(20))
            .withThrowableThat()
            .withMessageContaining("was not asked: key file " + directory.resolve("key.pem"))
            .withMessageContaining("openssl pkcs8")
            .withMessageNotContaining("c2VjcmV0");
      }
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private void ask(PrometheusClient client) {
    server.enqueue(EMPTY);
    assertThat(client.query("up", Instant.EPOCH).join().data())
        .isEqualTo(new QueryResult.Vector(List.of()));
  }

  private BigInteger shownSerial() throws InterruptedException {
    var handshake = Objects.requireNonNull(server.takeRequest().getHandshake());
    return ((X509Certificate) handshake.peerCertificates().getFirst()).getSerialNumber();
  }

  private TlsFiles writeClient(long serial, HeldCertificate.Builder builder) throws IOException {
    HeldCertificate held = builder.serialNumber(serial).signedBy(authority).build();
    return new TlsFiles(
        Optional.of(write("ca.pem", authority.certificatePem())),
        Optional.of(write("certificate.pem", held.certificatePem())),
        Optional.of(write("key.pem", held.privateKeyPkcs8Pem())));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private PrometheusClient client(TlsFiles files) {
    return new PrometheusClient(
        PrometheusConfig.at(URI.create("https://127.0.0.1:" + server.getPort()))
            .withDeadline(Duration.ofSeconds(20))
            .withTls(files),
        QuestionListener.NONE);
  }
}
