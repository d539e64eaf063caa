// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.keda.wire.ExternalScalerGrpc;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.apiservice.tls.ClientAuthorities;
import io.agentscale.apiservice.tls.ServingCertificate;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team's load is must not be told to whoever can reach the port. */
final class TlsTest {
  private static final Status.Code ANSWERED = Status.Code.NOT_FOUND;

  private final HeldCertificate authority = authority("ours");
  private final HeldCertificate clients = authority("clients");
  private final HeldCertificate strangers = authority("strangers");

  @TempDir private Path directory;
  private Path certificate;
  private Path key;
  private ServingCertificate serving;

  @BeforeEach
  void writeFiles() throws IOException {
    certificate = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
    show(server(authority));
    serving = ServingCertificate.ofFiles(certificate, key);
  }

  private final List<KedaDoor> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(KedaDoor::close);
  }

  private void open(DoorSecurity security) throws IOException {
    opened.add(
        KedaDoor.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            security,
            new KedaDoor.Answers(
                new PolicyBoard(), Duration.ofMinutes(1), new FakeMetrics(), Set.of()),
            (_, _, _) -> {},
            InstantSource.system()));
  }

  private String address() {
    return "127.0.0.1:" + opened.getFirst().port();
  }

  private void openMutual() throws IOException {
    Path file = Files.writeString(directory.resolve("clients.crt"), clients.certificatePem());
    ClientAuthorities authorities = ClientAuthorities.ofFile(file, InstantSource.system());
    open(new DoorSecurity.MutualTls(serving, authorities, true));
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  private static HeldCertificate server(HeldCertificate authority) {
    return new HeldCertificate.Builder()
        .addSubjectAlternativeName("127.0.0.1")
        .signedBy(authority)
        .build();
  }

  private void show(HeldCertificate held) throws IOException {
    Files.writeString(key, held.privateKeyPkcs8Pem());
    Files.writeString(certificate, held.certificatePem());
  }

  private static InputStream pem(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static ChannelCredentials trusting(HeldCertificate authority) throws IOException {
    return TlsChannelCredentials.newBuilder().trustManager(pem(authority.certificatePem())).build();
  }

  private ChannelCredentials showing(HeldCertificate issuer) throws IOException {
    HeldCertificate own = new HeldCertificate.Builder().commonName("keda").signedBy(issuer).build();
    return TlsChannelCredentials.newBuilder()
        .trustManager(pem(authority.certificatePem()))
        .keyManager(pem(own.certificatePem()), pem(own.privateKeyPkcs8Pem()))
        .build();
  }

  /** What a new connection's first question ends with. */
  private Status.Code ask(ChannelCredentials credentials) {
    ManagedChannel channel = Grpc.newChannelBuilder(address(), credentials).build();
    try {
      return Keda.refused(
              () ->
                  ExternalScalerGrpc.newBlockingStub(channel)
                      .isActive(Keda.trigger("policy", "none")))
          .getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void tls_isAnswered_onlyToWhoTrustsUs_andNeverInTheClear() throws IOException {
    open(new DoorSecurity.Tls(serving));

    assertThat(ask(trusting(authority))).isEqualTo(ANSWERED);
    assertThat(ask(trusting(strangers))).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(ask(InsecureChannelCredentials.create())).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void mutualTls_turnsAwayWhoShowsNone_orAnotherAuthoritys() throws IOException {
    openMutual();

    assertThat(ask(showing(clients))).isEqualTo(ANSWERED);
    assertThat(ask(showing(strangers))).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(ask(trusting(authority))).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void certificate_rotatesForNewConnections_whileOldOnesStand() throws IOException {
    open(new DoorSecurity.Tls(serving));
    ManagedChannel standing = Grpc.newChannelBuilder(address(), trusting(authority)).build();
    var stub = ExternalScalerGrpc.newBlockingStub(standing);
    assertThat(Keda.refused(() -> stub.isActive(Keda.trigger("policy", "none"))).getCode())
        .isEqualTo(ANSWERED);
    HeldCertificate next = authority("next");

    show(server(next));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ask(trusting(next))).isEqualTo(ANSWERED));
    assertThat(Keda.refused(() -> stub.isActive(Keda.trigger("policy", "none"))).getCode())
        .isEqualTo(ANSWERED);
    standing.shutdownNow();
  }
}
