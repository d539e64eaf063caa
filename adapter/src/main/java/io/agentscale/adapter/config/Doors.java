// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.config;

import io.agentscale.adapter.config.AdapterConfig.ServerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The gRPC ports, each of them closed unless the configuration opens it.
 *
 * @param keda where KEDA asks
 * @param otlp where agents push
 */
public record Doors(Optional<Keda> keda, Optional<Otlp> otlp) {
  public static final Doors CLOSED = new Doors(Optional.empty(), Optional.empty());

  /** Returns these doors with that for KEDA open on a port. */
  public Doors withKedaPort(int port) {
    Keda given = keda.orElse(Keda.DEFAULT);
    return new Doors(
        Optional.of(new Keda(given.listen(), port, given.tls(), given.sharedNamespaces())), otlp);
  }

  /** Returns these doors with that for pushed metrics open on a port. */
  public Doors withOtlpPort(int port) {
    Otlp given = otlp.orElse(Otlp.DEFAULT);
    return new Doors(
        keda,
        Optional.of(
            new Otlp(
                given.listen(),
                port,
                given.tls(),
                given.auth(),
                given.staleAfter(),
                given.limits())));
  }

  /**
   * The external scaler for KEDA.
   *
   * @param listen address to listen on
   * @param port to listen on
   * @param tls how it is protected
   * @param sharedNamespaces those whose policies and metrics a ScaledObject of any namespace may
   *     ask for
   */
  public record Keda(String listen, int port, DoorTls tls, Set<String> sharedNamespaces) {
    public static final Keda DEFAULT = new Keda("0.0.0.0", 9443, DoorTls.DEFAULT, Set.of());

    public Keda {
      sharedNamespaces = Set.copyOf(sharedNamespaces);
    }
  }

  /**
   * The receiver of metrics pushed by OpenTelemetry's protocol.
   *
   * @param listen address to listen on
   * @param port to listen on
   * @param tls how it is protected
   * @param auth who may push
   * @param staleAfter the age from which a value is no longer served
   * @param limits of what is kept
   */
  public record Otlp(
      String listen, int port, DoorTls tls, OtlpAuth auth, Duration staleAfter, OtlpLimits limits) {
    public static final Otlp DEFAULT =
        new Otlp(
            "0.0.0.0",
            4317,
            DoorTls.DEFAULT,
            OtlpAuth.DEFAULT,
            Duration.ofSeconds(15),
            OtlpLimits.DEFAULT);

    public Otlp {
      if (!staleAfter.isPositive()) {
        throw new IllegalArgumentException("staleAfter: must be positive, was: " + staleAfter);
      }
    }
  }

  /**
   * How a port is protected.
   *
   * @param plaintext not at all
   * @param certificate serving certificate; absent for that of the metrics APIs
   * @param clientCaFile authorities of clients' certificates; absent to ask for none
   */
  public record DoorTls(
      boolean plaintext, Optional<ServerTls> certificate, Optional<Path> clientCaFile) {
    public static final DoorTls DEFAULT = new DoorTls(false, Optional.empty(), Optional.empty());

    public DoorTls {
      if (plaintext && (certificate.isPresent() || clientCaFile.isPresent())) {
        throw new IllegalArgumentException(
            "plaintext: must be false where there are certificates, was: true");
      }
    }
  }

  /**
   * Who may push.
   *
   * @param delegated whether the cluster reviews pods' tokens; absent for yes exactly where it
   *     decides who may ask for metrics
   * @param tokenFile static bearer tokens with their users
   * @param allow the namespaces that users or groups may push for, besides their own
   */
  public record OtlpAuth(
      Optional<Boolean> delegated, Optional<Path> tokenFile, Map<String, List<String>> allow) {
    public static final OtlpAuth DEFAULT =
        new OtlpAuth(Optional.empty(), Optional.empty(), Map.of());

    public OtlpAuth {
      allow = Map.copyOf(allow);
    }
  }

  /**
   * What is kept of what is pushed.
   *
   * @param pods most pods
   * @param seriesPerPod most series of one pod
   * @param series most series in all
   * @param messageBytes of one export
   */
  public record OtlpLimits(int pods, int seriesPerPod, int series, int messageBytes) {
    public static final OtlpLimits DEFAULT = new OtlpLimits(5_000, 64, 20_000, 1024 * 1024);
  }
}
