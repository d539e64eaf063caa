// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.keda.wire.ExternalScalerGrpc;
import io.agentscale.adapter.keda.wire.GetMetricsRequest;
import io.agentscale.adapter.keda.wire.IsActiveResponse;
import io.agentscale.adapter.keda.wire.MetricSpec;
import io.agentscale.adapter.keda.wire.MetricValue;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.policy.PolicyBoard;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A door for KEDA with a client that asks it as KEDA does, over a real connection. */
final class Keda implements AutoCloseable {
  static final Duration BELIEVED = Duration.ofMinutes(1);

  final PolicyBoard board = new PolicyBoard();
  final FakeMetrics metrics = new FakeMetrics();
  final TestClock clock = new TestClock();
  final ManagedChannel channel;
  private final int port;
  private KedaDoor door;

  Keda() throws IOException {
    door = open(0);
    port = door.port();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + door.port(), InsecureChannelCredentials.create())
            .build();
  }

  private KedaDoor open(int port) throws IOException {
    return KedaDoor.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new DoorSecurity.Plaintext(),
        new KedaDoor.Answers(board, BELIEVED, metrics, Set.of("shared")),
        (_, _, _) -> {},
        clock);
  }

  int port() {
    return port;
  }

  /** The replica is stopped as for a rollout. */
  void shutDown() {
    door.close();
  }

  /** Another replica takes its place. */
  void startAgain() throws IOException {
    door = open(port);
  }

  ExternalScalerGrpc.ExternalScalerBlockingStub blocking() {
    return ExternalScalerGrpc.newBlockingStub(channel);
  }

  ExternalScalerGrpc.ExternalScalerStub async() {
    return ExternalScalerGrpc.newStub(channel);
  }

  /** A ScaledObject's trigger, its metadata being pairs of keys and values. */
  static ScaledObjectRef trigger(String... metadata) {
    return triggerIn(TestPolicy.NAMESPACE, metadata);
  }

  static ScaledObjectRef triggerIn(String namespace, String... metadata) {
    Map<String, String> all = new TreeMap<>(Map.of("scalerAddress", "agentscale:9443"));
    for (int i = 0; i < metadata.length; i += 2) {
      all.put(metadata[i], metadata[i + 1]);
    }
    return ScaledObjectRef.newBuilder()
        .setName("coder")
        .setNamespace(namespace)
        .putAllScalerMetadata(all)
        .build();
  }

  MetricSpec spec(ScaledObjectRef trigger) {
    return blocking().getMetricSpec(trigger).getMetricSpecs(0);
  }

  MetricValue value(ScaledObjectRef trigger) {
    return blocking().getMetrics(question(trigger, "")).getMetricValues(0);
  }

  boolean isActive(ScaledObjectRef trigger) {
    return blocking().isActive(trigger).getResult();
  }

  Heard<IsActiveResponse> activity(ScaledObjectRef trigger) {
    Heard<IsActiveResponse> heard = new Heard<>();
    async().streamIsActive(trigger, heard);
    return heard;
  }

  static GetMetricsRequest question(ScaledObjectRef trigger, String metricName) {
    return GetMetricsRequest.newBuilder()
        .setScaledObjectRef(trigger)
        .setMetricName(metricName)
        .build();
  }

  /** The status a call ends with, which must not be OK. */
  static Status refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  Status valueRefused(ScaledObjectRef trigger) {
    return refused(() -> value(trigger));
  }

  Status activityRefused(ScaledObjectRef trigger) {
    return refused(() -> isActive(trigger));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    door.close();
  }
}
