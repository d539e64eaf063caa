// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.sample.Reading;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc.MetricsServiceBlockingStub;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever can reach the port may send anything: it is refused with a reason, or costs nothing. */
final class ExportTest {
  private Receiver receiver;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver(Receiver.limits());
    channel =
        Grpc.newChannelBuilder(
                "localhost:" + receiver.port(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(new ByteArrayInputStream(receiver.ca()))
                    .build())
            .build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    receiver.close();
  }

  private MetricsServiceBlockingStub as(String token) {
    return MetricsServiceGrpc.newBlockingStub(channel).withCallCredentials(new Bearer(token));
  }

  /** Sends a token with each call. */
  private static final class Bearer extends CallCredentials {
    private final String token;

    Bearer(String token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(
        RequestInfo request, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      applier.apply(headers);
    }
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static NumberDataPoint.Builder number(double value) {
    return NumberDataPoint.newBuilder()
        .setAsDouble(value)
        .setTimeUnixNano(Instant.now().toEpochMilli() * 1_000_000);
  }

  private static Metric gauge(String name, NumberDataPoint.Builder... points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (NumberDataPoint.Builder point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setGauge(gauge).build();
  }

  private static ResourceMetrics of(String namespace, String pod, Metric... metrics) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    for (Metric metric : metrics) {
      scope.addMetrics(metric);
    }
    return ResourceMetrics.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(attribute("k8s.namespace.name", namespace))
                .addAttributes(attribute("k8s.pod.name", pod)))
        .addScopeMetrics(scope)
        .build();
  }

  private static ExportMetricsServiceRequest request(ResourceMetrics... metrics) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    for (ResourceMetrics each : metrics) {
      request.addResourceMetrics(each);
    }
    return request.build();
  }

  private static ExportMetricsServiceRequest runs(String namespace, String pod) {
    return request(of(namespace, pod, gauge("agent_runs_in_flight", number(3))));
  }

  private Status refused(String token, ExportMetricsServiceRequest request) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> as(token).export(request))
        .getStatus();
  }

  @ParameterizedTest
  @CsvSource({
    "token-of-coder-0, agents, coder-0, OK",
    "token-of-coder-0, agents, coder-1, PERMISSION_DENIED",
    "token-of-coder-0, rivals, coder-0, PERMISSION_DENIED",
    "token-of-an-account, agents, coder-1, OK",
    "token-of-an-account, rivals, coder-1, PERMISSION_DENIED",
    "token-of-a-collector, agents, any-pod, OK",
    "token-of-a-collector, rivals, any-pod, PERMISSION_DENIED",
    "token-of-nobody, agents, coder-0, PERMISSION_DENIED",
    "guessed, agents, coder-0, UNAUTHENTICATED"
  })
  void whoMayPushForWhom(String token, String namespace, String pod, Code code) {
    if (code == Code.OK) {
      assertThat(as(token).export(runs(namespace, pod)))
          .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
    } else {
      assertThat(refused(token, runs(namespace, pod)).getCode()).isEqualTo(code);
    }
    assertThat(receiver.read(Preset.AGENT_CONCURRENCY, namespace)).hasSize(code == Code.OK ? 1 : 0);
  }

  @Test
  void withoutToken_isUnauthenticated() {
    Status status =
        catchThrowableOfType(
                StatusRuntimeException.class,
                () -> MetricsServiceGrpc.newBlockingStub(channel).export(runs("agents", "p")))
            .getStatus();

    assertThat(status.getCode()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void collector_isToldWhatWasLeftOut_andTheRestIsTaken() {
    ExportMetricsPartialSuccess partial =
        as(Receiver.COLLECTOR_TOKEN)
            .export(
                request(
                    of("agents", "good", gauge("agent_runs_in_flight", number(3))),
                    of("rivals", "other", gauge("agent_runs_in_flight", number(3))),
                    of("agents", "NOT A POD", gauge("agent_runs_in_flight", number(3))),
                    of(
                        "agents",
                        "nan",
                        gauge("agent_runs_in_flight", number(Double.NaN)),
                        gauge("agent_queue_depth", number(1)))))
            .getPartialSuccess();

    assertThat(partial.getRejectedDataPoints()).isEqualTo(3);
    assertThat(partial.getErrorMessage())
        .contains("may not push for pod rivals/other", "names no pod", "NaN");
    assertThat(receiver.read(Preset.AGENT_CONCURRENCY, "agents").get("good"))
        .isInstanceOf(Reading.Value.class);
    assertThat(receiver.read(Preset.AGENT_CONCURRENCY, "agents").get("nan"))
        .isInstanceOf(Reading.Absent.class);
  }

  @Test
  void beyondTheLimits_isResourceExhausted_andNothingOfItIsKept() {
    NumberDataPoint.Builder[] points = new NumberDataPoint.Builder[9];
    for (int i = 0; i < points.length; i++) {
      points[i] = number(1).addAttributes(attribute("model", "m" + i));
    }
    ExportMetricsServiceRequest request =
        request(of("agents", "coder-0", gauge("agent_runs_in_flight", points)));

    Status status = refused(Receiver.POD_TOKEN, request);

    assertThat(status.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).contains("more than 8 series");
    assertThat(receiver.pods.series()).isZero();
  }

  @Test
  void attributesWithoutEnd_areRefused() {
    Status status =
        refused(
            Receiver.POD_TOKEN,
            request(
                of(
                    "agents",
                    "coder-0",
                    gauge(
                        "agent_runs_in_flight",
                        number(1).addAttributes(attribute("prompt", "x".repeat(2_000)))))));

    assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("32 attributes of 1024 letters together");
  }

  @Test
  void oversizedMessage_isRefused_alsoIfItIsSmallOnTheWire() {
    ExportMetricsServiceRequest huge =
        request(of("agents", "coder-0", gauge("x".repeat(2 * Receiver.MESSAGE_BYTES), number(1))));

    assertThat(refused(Receiver.POD_TOKEN, huge).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    Status zipped =
        catchThrowableOfType(
                StatusRuntimeException.class,
                () -> as(Receiver.POD_TOKEN).withCompression("gzip").export(huge))
            .getStatus();
    assertThat(zipped.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void metricsNoPresetReads_areTakenForNothing() {
    assertThat(
            as(Receiver.POD_TOKEN)
                .export(
                    request(of("agents", "coder-0", gauge("process_cpu_utilization", number(1))))))
        .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
    assertThat(receiver.pods.series()).isZero();
  }

  @Test
  void changesOfALevel_areRefused_forTheyTellNone() {
    Metric changes =
        Metric.newBuilder()
            .setName("agent_runs_in_flight")
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(number(3)))
            .build();

    assertThat(refused(Receiver.POD_TOKEN, request(of("agents", "coder-0", changes))))
        .extracting(Status::getDescription)
        .asString()
        .contains("export it as cumulative");
  }

  @Test
  void exponentialHistogram_countsLikeAnyOther() {
    long now = Instant.now().toEpochMilli() * 1_000_000;
    Metric usage =
        Metric.newBuilder()
            .setName("gen_ai.client.token.usage")
            .setExponentialHistogram(
                ExponentialHistogram.newBuilder()
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(
                        ExponentialHistogramDataPoint.newBuilder()
                            .setSum(100)
                            .setCount(2)
                            .setStartTimeUnixNano(now - 30_000_000_000L)
                            .setTimeUnixNano(now)
                            .addAttributes(attribute("gen_ai.token.type", "input"))))
            .build();

    var _ = as(Receiver.POD_TOKEN).export(request(of("agents", "coder-0", usage)));

    assertThat(receiver.read(Preset.AGENT_TOKENS_PER_MINUTE, "agents").get("coder-0"))
        .isInstanceOfSatisfying(
            Reading.Value.class, reading -> assertThat(reading.value()).isEqualTo(200));
  }

  @Test
  void noRecordedValue_endsTheSeriesAtOnce() {
    var _ = as(Receiver.POD_TOKEN).export(runs("agents", "coder-0"));
    var _ =
        as(Receiver.POD_TOKEN)
            .export(
                request(
                    of(
                        "agents",
                        "coder-0",
                        gauge("agent_runs_in_flight", NumberDataPoint.newBuilder().setFlags(1)))));

    assertThat(receiver.read(Preset.AGENT_CONCURRENCY, "agents").get("coder-0"))
        .isInstanceOf(Reading.Absent.class);
  }
}
