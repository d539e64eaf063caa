// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.keda.wire.ExternalScalerGrpc;
import io.agentscale.adapter.keda.wire.GetMetricsRequest;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doors lead to the same metrics as the APIs do: what an agent pushes is what an autoscaler and
 * KEDA are told, without anything in between; and a door that nobody opened is shut.
 */
final class GrpcDoorsTest {
  private static final String PATH =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/agents/pods/%s/agent_concurrency";

  @TempDir private Path directory;

  private Adapter start(String doors) throws IOException {
    Files.writeString(
        directory.resolve("objects.yaml"),
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: coder-0, namespace: agents}
        """);
    AdapterConfig config =
        AdapterConfig.parse(
            "adapter.yaml",
            directory,
            """
            objects: {file: objects.yaml}
            server: {listen: 127.0.0.1, port: 0}
            ops: {listen: 127.0.0.1, port: 0}
            """
                + doors);
    return Adapter.start(config, Optional.empty(), InstantSource.system());
  }

  @Test
  void pushedValue_isServedToAutoscalersAndKeda_withinASecond() throws IOException {
    try (Adapter adapter =
            start(
                """
                keda: {listen: 127.0.0.1, port: 0}
                otlp: {listen: 127.0.0.1, port: 0}
                """);
        MetricsReader reader = new MetricsReader(adapter);
        SdkMeterProvider sdk = sdk(adapter)) {
      LongUpDownCounter runs =
          sdk.get("agent").upDownCounterBuilder("agent.runs_in_flight").build();
      assertThat(reader.get(PATH.formatted("coder-0")).status()).isEqualTo(404);
      long fastest = Long.MAX_VALUE;
      for (int i = 1; i <= 5; i++) {
        long recorded = System.nanoTime();
        runs.add(1);
        assertThat(sdk.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        assertThat(reader.value(PATH.formatted("coder-0"))).isEqualTo(i);
        fastest = Math.min(fastest, System.nanoTime() - recorded);
      }
      System.out.printf(
          "OTLP door: from recording in the SDK to the value in the metrics API: %.1f ms%n",
          fastest / 1e6);
      assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofSeconds(1));
      assertThat(kedaValue(adapter)).isEqualTo(5);
    }
  }

  @Test
  void clientCertificate_letsIn_forTheNamespacesItIsAllowed() throws IOException {
    HeldCertificate authority =
        new HeldCertificate.Builder().commonName("clients").certificateAuthority(0).build();
    HeldCertificate gateway =
        new HeldCertificate.Builder().commonName("gateway").signedBy(authority).build();
    Files.writeString(directory.resolve("clients.pem"), authority.certificatePem());
    for (String allowed : List.of("agents", "others")) {
      try (Adapter adapter =
              start(
                  """
                  otlp:
                    listen: 127.0.0.1
                    port: 0
                    tls: {clientCaFile: clients.pem}
                    auth: {allow: {gateway: [%s]}}
                  """
                      .formatted(allowed));
          MetricsReader reader = new MetricsReader(adapter);
          SdkMeterProvider sdk =
              sdk(
                  exporter(adapter)
                      .setClientTls(
                          gateway.privateKeyPkcs8Pem().getBytes(UTF_8),
                          gateway.certificatePem().getBytes(UTF_8)))) {
        sdk.get("agent").upDownCounterBuilder("agent.runs_in_flight").build().add(3);
        var _ = sdk.forceFlush().join(20, TimeUnit.SECONDS);

        assertThat(reader.get(PATH.formatted("coder-0")).status())
            .isEqualTo(allowed.equals("agents") ? 200 : 404);
      }
    }
  }

  @Test
  void closedDoors_areShut() throws IOException {
    try (Adapter adapter = start("")) {
      assertThat(adapter.kedaPort()).isEmpty();
      assertThat(adapter.otlpPort()).isEmpty();
    }
  }

  @Test
  void closed_noPortIsListenedOnAnyMore() throws IOException {
    int port;
    try (Adapter adapter = start("keda: {listen: 127.0.0.1, port: 0}")) {
      port = adapter.kedaPort().orElseThrow();
    }

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void otlpThatAsksAClusterThereIsNot_isRefusedAtStart() {
    assertThatThrownBy(
            () ->
                start(
                        """
                        otlp: {listen: 127.0.0.1, port: 0, auth: {delegated: true}}
                        """)
                    .close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("otlp.auth.delegated");
  }

  private static OtlpGrpcMetricExporterBuilder exporter(Adapter adapter) {
    return OtlpGrpcMetricExporter.builder()
        .setEndpoint("https://localhost:" + adapter.otlpPort().orElseThrow())
        .setTrustedCertificates(adapter.caPem().orElseThrow().getBytes(UTF_8));
  }

  private static SdkMeterProvider sdk(Adapter adapter) {
    return sdk(
        exporter(adapter)
            .addHeader("authorization", "Bearer " + adapter.localToken().orElseThrow().value()));
  }

  private static SdkMeterProvider sdk(OtlpGrpcMetricExporterBuilder exporter) {
    return SdkMeterProvider.builder()
        .setResource(
            Resource.create(
                Attributes.builder()
                    .put("k8s.namespace.name", "agents")
                    .put("k8s.pod.name", "coder-0")
                    .build()))
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter.build()).setInterval(Duration.ofHours(1)).build())
        .build();
  }

  private static long kedaValue(Adapter adapter) throws IOException {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + adapter.kedaPort().orElseThrow(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(
                        new ByteArrayInputStream(adapter.caPem().orElseThrow().getBytes(UTF_8)))
                    .build())
            .build();
    try {
      return ExternalScalerGrpc.newBlockingStub(channel)
          .getMetrics(
              GetMetricsRequest.newBuilder()
                  .setScaledObjectRef(
                      ScaledObjectRef.newBuilder()
                          .setName("coder")
                          .setNamespace("agents")
                          .putScalerMetadata("metric", "agent_concurrency")
                          .putScalerMetadata("target", "2"))
                  .build())
          .getMetricValues(0)
          .getMetricValue();
    } finally {
      channel.shutdownNow();
    }
  }
}
