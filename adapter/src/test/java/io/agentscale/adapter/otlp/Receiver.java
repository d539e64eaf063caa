// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.apiservice.authentication.Authentication;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.Credentials;
import io.agentscale.apiservice.authentication.User;
import io.agentscale.apiservice.tls.CertificateAuthority;
import io.agentscale.apiservice.tls.ServingCertificate;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A receiver behind TLS that knows a handful of tokens, and what can be read of it. */
final class Receiver implements AutoCloseable {
  /** Of the service account of namespace agents, bound to the pod coder-0. */
  static final String POD_TOKEN = "token-of-coder-0";

  /** Of a service account, not bound to any pod. */
  static final String ACCOUNT_TOKEN = "token-of-an-account";

  /** Of a collector that may push for namespace agents. */
  static final String COLLECTOR_TOKEN = "token-of-a-collector";

  /** Of a user who may push for nobody. */
  static final String NOBODY_TOKEN = "token-of-nobody";

  static final int MESSAGE_BYTES = 256 * 1024;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  final PushedPods pods;
  private final CertificateAuthority authority = CertificateAuthority.generate(Instant.now());
  private final OtlpDoor door;

  Receiver(PushLimits limits) throws IOException {
    InstantSource clock = InstantSource.system();
    pods = new PushedPods(limits, Optional.empty(), clock);
    door =
        OtlpDoor.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new DoorSecurity.Tls(
                ServingCertificate.issuedBy(authority, List.of("127.0.0.1", "localhost"), clock)),
            MESSAGE_BYTES,
            new OtlpDoor.Admission(new Tokens(), Map.of("collectors", List.of("agents"))),
            pods,
            (_, _, _) -> {},
            (_, _, _) -> {});
  }

  static PushLimits limits() {
    return new PushLimits(10, 8, 40, Duration.ofSeconds(15), WINDOW);
  }

  String endpoint() {
    return "https://localhost:" + door.port();
  }

  int port() {
    return door.port();
  }

  byte[] ca() {
    return authority.certificatePem().getBytes(UTF_8);
  }

  /** What a preset says of the pods of a namespace. */
  Map<String, Reading> read(Preset preset, String namespace) {
    return new PushedPresetReadings(pods, WINDOW)
        .inNamespace(preset, namespace, LabelSelector.EVERYTHING)
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    door.close();
  }

  /** Reviews tokens as the API server would. */
  private static final class Tokens implements Authenticator {
    private static final String ACCOUNT = "system:serviceaccount:agents:coder";
    private final Map<String, User> users =
        Map.of(
            POD_TOKEN,
            new User(
                ACCOUNT,
                Optional.empty(),
                List.of("system:serviceaccounts"),
                Map.of("authentication.kubernetes.io/pod-name", List.of("coder-0"))),
            ACCOUNT_TOKEN,
            User.named(ACCOUNT, List.of("system:serviceaccounts")),
            COLLECTOR_TOKEN,
            User.named("gateway", List.of("collectors")),
            NOBODY_TOKEN,
            User.named("nobody", List.of()));

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
      Optional<User> user = credentials.bearerToken().map(users::get);
      return completedFuture(
          user.<Authentication>map(Authentication.Authenticated::new)
              .orElseGet(() -> new Authentication.Rejected("unknown token")));
    }
  }
}
