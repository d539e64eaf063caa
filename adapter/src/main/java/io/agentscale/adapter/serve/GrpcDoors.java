// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.config.AdapterConfig.ServerTls;
import io.agentscale.adapter.config.Doors;
import io.agentscale.adapter.config.Doors.DoorTls;
import io.agentscale.adapter.delegation.Delegation;
import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.keda.KedaDoor;
import io.agentscale.adapter.ops.MetricsExporter;
import io.agentscale.adapter.otlp.OtlpDoor;
import io.agentscale.adapter.otlp.PushedPods;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.authentication.BearerTokenFile;
import io.agentscale.apiservice.authentication.ClientCertificateAuthenticator;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.tls.ClientAuthorities;
import io.agentscale.apiservice.tls.ServingCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC ports that the configuration opens; nothing of gRPC is loaded unless it opens one. */
final class GrpcDoors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GrpcDoors.class);

  private final Doors doors;
  private final ServingCertificate certificate;
  private final MetricsExporter exporter;
  private final InstantSource clock;
  private Optional<KedaDoor> keda = Optional.empty();
  private Optional<OtlpDoor> otlp = Optional.empty();

  /**
   * @param certificate of the metrics APIs, for ports that are given none of their own
   */
  GrpcDoors(
      Doors doors, ServingCertificate certificate, MetricsExporter exporter, InstantSource clock) {
    this.doors = doors;
    this.certificate = certificate;
    this.exporter = exporter;
    this.clock = clock;
  }

  /**
   * Opens the port KEDA asks, if the configuration says so.
   *
   * @param believed how old a decision may be
   */
  void openKeda(PolicyBoard board, Duration believed, MetricsProvider metrics) throws IOException {
    if (doors.keda().isEmpty()) {
      return;
    }
    Doors.Keda config = doors.keda().get();
    KedaDoor door =
        KedaDoor.open(
            new InetSocketAddress(config.listen(), config.port()),
            security(config.tls(), authorities(config.tls()), true),
            new KedaDoor.Answers(board, believed, metrics, config.sharedNamespaces()),
            exporter::grpcCallEnded,
            clock);
    keda = Optional.of(door);
    log.atInfo().addKeyValue("port", door.port()).log("Answering KEDA");
  }

  /** Opens the port agents push to, if the configuration says so. */
  void openOtlp(PushedPods pods, Optional<Delegation> delegation, Optional<LocalToken> local)
      throws IOException {
    if (doors.otlp().isEmpty()) {
      return;
    }
    Doors.Otlp config = doors.otlp().get();
    Optional<ClientAuthorities> authorities = authorities(config.tls());
    List<Authenticator> tokens = tokens(config.auth(), delegation, local);
    List<Authenticator> all = new ArrayList<>(tokens);
    authorities.map(ClientCertificateAuthenticator::new).ifPresent(all::add);
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "otlp: must have auth.tokenFile or tls.clientCaFile where no cluster reviews tokens");
    }
    OtlpDoor door =
        OtlpDoor.open(
            new InetSocketAddress(config.listen(), config.port()),
            security(config.tls(), authorities, tokens.isEmpty()),
            config.limits().messageBytes(),
            new OtlpDoor.Admission(new AuthenticatorChain(all), config.auth().allow()),
            pods,
            exporter::pushed,
            exporter::grpcCallEnded);
    otlp = Optional.of(door);
    exporter.showPushedSeries(pods::series);
    log.atInfo().addKeyValue("port", door.port()).log("Taking OpenTelemetry metrics");
  }

  private static List<Authenticator> tokens(
      Doors.OtlpAuth auth, Optional<Delegation> delegation, Optional<LocalToken> local) {
    List<Authenticator> tokens = new ArrayList<>();
    auth.tokenFile().map(BearerTokenFile::ofUsers).ifPresent(tokens::add);
    local
        .map(token -> BearerTokenFile.ofSingle(token.file(), AccessControl.LOCAL_USER))
        .ifPresent(tokens::add);
    boolean delegated = auth.delegated().orElse(delegation.isPresent());
    if (delegated && delegation.isEmpty()) {
      throw new IllegalArgumentException(
          "otlp.auth.delegated: must be false where server.auth.delegated is, was: true");
    }
    if (delegated) {
      tokens.addAll(delegation.get().direct());
    }
    return tokens;
  }

  private Optional<ClientAuthorities> authorities(DoorTls tls) {
    return tls.clientCaFile().map(file -> ClientAuthorities.ofFile(file, clock));
  }

  private DoorSecurity security(
      DoorTls tls, Optional<ClientAuthorities> authorities, boolean required) {
    if (tls.plaintext()) {
      return new DoorSecurity.Plaintext();
    }
    ServingCertificate shown = tls.certificate().map(GrpcDoors::ofFiles).orElse(certificate);
    return authorities
        .<DoorSecurity>map(clients -> new DoorSecurity.MutualTls(shown, clients, required))
        .orElseGet(() -> new DoorSecurity.Tls(shown));
  }

  private static ServingCertificate ofFiles(ServerTls files) {
    return ServingCertificate.ofFiles(files.certFile(), files.keyFile());
  }

  OptionalInt kedaPort() {
    return keda.map(door -> OptionalInt.of(door.port())).orElse(OptionalInt.empty());
  }

  OptionalInt otlpPort() {
    return otlp.map(door -> OptionalInt.of(door.port())).orElse(OptionalInt.empty());
  }

  @Override
  public void close() {
    otlp.ifPresent(OtlpDoor::close);
    keda.ifPresent(KedaDoor::close);
  }
}
