// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.grpc.CallObserver;
import io.agentscale.adapter.grpc.DoorLimits;
import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.grpc.GrpcDoor;
import io.agentscale.apiservice.authentication.Authenticator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The port agents push their metrics to. Closed, the exports under way have been answered. */
public final class OtlpDoor implements AutoCloseable {
  /** Together with the size of a message this bounds the memory of exports under way. */
  private static final int EXPORTS_AT_ONCE = 16;

  private static final int CALLS_PER_CONNECTION = 32;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final GrpcDoor door;

  /**
   * Who may push what.
   *
   * @param authenticator tells who a caller is
   * @param allowed namespaces that users or groups may push for, besides their own; {@code *} is
   *     any
   */
  public record Admission(Authenticator authenticator, Map<String, List<String>> allowed) {
    public Admission {
      allowed = Map.copyOf(allowed);
    }
  }

  private OtlpDoor(GrpcDoor door) {
    this.door = door;
  }

  /**
   * Opens the port.
   *
   * @param messageBytes of one export, after decompression
   * @throws IOException if the address cannot be had
   */
  public static OtlpDoor open(
      InetSocketAddress address,
      DoorSecurity security,
      int messageBytes,
      Admission admission,
      PushedPods pods,
      PushObserver pushes,
      CallObserver calls)
      throws IOException {
    return new OtlpDoor(
        GrpcDoor.open(
            address,
            security,
            new DoorLimits(messageBytes, CALLS_PER_CONNECTION, DEADLINE),
            List.of(new MetricsReceiver(pods, pushes)),
            List.of(
                new PushAuthentication(
                    admission.authenticator(), admission.allowed(), EXPORTS_AT_ONCE)),
            calls));
  }

  /** Returns the port that is listened on. */
  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
  }
}
