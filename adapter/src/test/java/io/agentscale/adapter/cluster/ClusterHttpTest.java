// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our token goes to a server that the cluster's own authority vouches for, and to no other. */
final class ClusterHttpTest {
  private final HeldCertificate authority = authority("kubernetes-ca");
  private final HeldCertificate other = authority("other-ca");
  private final MockWebServer server = new MockWebServer();

  @TempDir private Path directory;

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

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
    server.start();
    server.enqueue(new MockResponse.Builder().body("{\"metadata\": {}}").build());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void authorityOfTheCluster_isTrusted_byFileAndByData() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("ca.crt"), other.certificatePem() + authority.certificatePem());
    ask("127.0.0.1", config -> config.withCaCertFile(file.toString()));

    server.enqueue(new MockResponse.Builder().body("{\"metadata\": {}}").build());
    ask("127.0.0.1", config -> config.withCaCertData(base64(authority.certificatePem())));

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void otherAuthorities_areNotTrusted() {
    assertThatThrownBy(
            () -> ask("127.0.0.1", config -> config.withCaCertData(base64(other.certificatePem()))))
        .hasRootCauseInstanceOf(CertPathBuilderException.class)
        .hasStackTraceContaining(SSLHandshakeException.class.getName());
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void otherName_isNotTrusted() {
    assertThatThrownBy(
            () ->
                ask(
                    "localhost",
                    config -> config.withCaCertData(base64(authority.certificatePem()))))
        .hasRootCauseInstanceOf(SSLPeerUnverifiedException.class);
  }

  @Test
  void publicAuthorities_areStillTrusted_whereTheClusterNamesNone() {
    assertThatThrownBy(() -> ask("127.0.0.1", config -> config))
        .hasStackTraceContaining(SSLHandshakeException.class.getName());
  }

  @Test
  void whoeverAsksForNoVerification_getsNone() {
    ask(
        "localhost",
        config -> config.withTrustCerts(true).withCaCertData(base64(other.certificatePem())));
    assertThat(server.getRequestCount()).isOne();
  }

  @Test
  void clientCertificate_isShown() throws InterruptedException {
    HeldCertificate admin =
        new HeldCertificate.Builder().commonName("admin").signedBy(authority).rsa2048().build();
    ask(
        "127.0.0.1",
        config ->
            config
                .withCaCertData(base64(authority.certificatePem()))
                .withClientCertData(base64(admin.certificatePem()))
                .withClientKeyData(base64(admin.privateKeyPkcs1Pem())));
    assertThat(requireNonNull(server.takeRequest().getHandshake()).peerCertificates())
        .contains(admin.certificate());
  }

  @Test
  void unreadableAuthority_isToldAsSuch() {
    assertThatThrownBy(
            () -> ask("127.0.0.1", config -> config.withCaCertData(base64("-----BEGIN nothing"))))
        .isInstanceOf(NoClusterException.class)
        .hasMessageContaining("the certificates of the cluster's credentials cannot be read");
  }

  private void ask(String host, UnaryOperator<ConfigBuilder> credentials) {
    Config config =
        credentials
            .apply(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("https://%s:%d".formatted(host, server.getPort())))
            .build();
    try (ControlPlane controlPlane = ControlPlane.connect(new ClusterConnection(config, "test"))) {
      var _ = controlPlane.get("/api/v1/namespaces/a").toCompletableFuture().join();
    }
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }
}
