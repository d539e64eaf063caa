// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.sample.Reading;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents push with OpenTelemetry's own SDK and exporter, over TLS and with a token: what it sends
 * is what has to be understood, whatever the protocol says.
 */
final class SdkExportTest {
  private static final Attributes INPUT =
      Attributes.of(AttributeKey.stringKey("gen_ai.token.type"), "input");
  private static final Attributes OUTPUT =
      Attributes.of(AttributeKey.stringKey("gen_ai.token.type"), "output");
  private static final Attributes CACHED =
      Attributes.of(AttributeKey.stringKey("gen_ai.token.type"), "cached");

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver(Receiver.limits());
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private SdkMeterProvider sdk(
      String token, AggregationTemporalitySelector temporality, Map<String, String> resource) {
    OtlpGrpcMetricExporter exporter =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(receiver.endpoint())
            .setTrustedCertificates(receiver.ca())
            .addHeader("authorization", "Bearer " + token)
            .setAggregationTemporalitySelector(temporality)
            .setTimeout(Duration.ofSeconds(10))
            .build();
    var attributes = Attributes.builder();
    resource.forEach(attributes::put);
    return SdkMeterProvider.builder()
        .setResource(Resource.create(attributes.build()))
        // Exports happen when the test says so.
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build())
        .build();
  }

  private static Map<String, String> pod(String name) {
    return Map.of("k8s.namespace.name", "agents", "k8s.pod.name", name, "service.name", "coder");
  }

  private static boolean flush(SdkMeterProvider sdk) {
    CompletableResultCode flushed = sdk.forceFlush().join(20, TimeUnit.SECONDS);
    return flushed.isSuccess();
  }

  private static AggregationTemporalitySelector temporality(String name) {
    return name.equals("delta")
        ? AggregationTemporalitySelector.deltaPreferred()
        : AggregationTemporalitySelector.alwaysCumulative();
  }

  private double value(Preset preset, String pod) {
    return known(preset, pod).value();
  }

  private Reading.Value known(Preset preset, String pod) {
    Reading reading = receiver.read(preset, "agents").get(pod);
    assertThat(reading).isInstanceOf(Reading.Value.class);
    return (Reading.Value) requireNonNull(reading);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cumulative", "delta"})
  void ourContract_isRead(String temporality) {
    try (SdkMeterProvider sdk = sdk(Receiver.POD_TOKEN, temporality(temporality), pod("coder-0"))) {
      Meter meter = sdk.get("agent");
      LongUpDownCounter runs = meter.upDownCounterBuilder("agent.runs_in_flight").build();
      meter.gaugeBuilder("agent.queue_depth").ofLongs().buildWithCallback(it -> it.record(4));
      LongCounter tokens = meter.counterBuilder("agent.tokens").setUnit("{token}").build();
      runs.add(7);
      tokens.add(900);
      assertThat(flush(sdk)).isTrue();
      runs.add(-2);
      tokens.add(300);
      assertThat(flush(sdk)).isTrue();

      assertThat(value(Preset.AGENT_CONCURRENCY, "coder-0")).isEqualTo(5);
      assertThat(value(Preset.AGENT_QUEUE_DEPTH, "coder-0")).isEqualTo(4);
      assertThat(value(Preset.AGENT_TOKENS_PER_MINUTE, "coder-0")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cumulative", "delta"})
  void genAiTokenUsage_isTokensPerMinute_inputAndOutputOnly(String temporality) {
    try (SdkMeterProvider sdk = sdk(Receiver.POD_TOKEN, temporality(temporality), pod("coder-0"))) {
      DoubleHistogram usage =
          sdk.get("gen_ai")
              .histogramBuilder("gen_ai.client.token.usage")
              .setUnit("{token}")
              .build();
      sdk.get("gen_ai")
          .histogramBuilder("gen_ai.client.operation.duration")
          .setUnit("s")
          .build()
          .record(3.5);
      usage.record(1_000, INPUT);
      usage.record(500, OUTPUT);
      usage.record(1_000_000, CACHED);
      assertThat(flush(sdk)).isTrue();
      double first = value(Preset.AGENT_TOKENS_PER_MINUTE, "coder-0");
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      usage.record(500, INPUT);
      assertThat(flush(sdk)).isTrue();

      // 1,500 tokens over the time since the SDK began, which only it knows.
      assertThat(first).isPositive();
      assertThat(perMinuteTimesWindow()).isBetween(1_999.0, 2_001.0);
    }
  }

  /** How many tokens the rate stands for. */
  private double perMinuteTimesWindow() {
    Reading.Value reading = known(Preset.AGENT_TOKENS_PER_MINUTE, "coder-0");
    return reading.value() * reading.window().orElseThrow().toNanos() / 60e9;
  }

  @Test
  void resourceWithoutPod_isThatOfTheToken() {
    try (SdkMeterProvider sdk =
        sdk(
            Receiver.POD_TOKEN,
            AggregationTemporalitySelector.alwaysCumulative(),
            Map.of("service.name", "coder"))) {
      sdk.get("agent").upDownCounterBuilder("agent_runs_in_flight").build().add(3);
      assertThat(flush(sdk)).isTrue();

      assertThat(value(Preset.AGENT_CONCURRENCY, "coder-0")).isEqualTo(3);
    }
  }

  @Test
  void pushedValue_isThereAsSoonAsTheExportIsAnswered() {
    try (SdkMeterProvider sdk =
        sdk(
            Receiver.POD_TOKEN,
            AggregationTemporalitySelector.alwaysCumulative(),
            pod("coder-0"))) {
      LongUpDownCounter runs =
          sdk.get("agent").upDownCounterBuilder("agent_runs_in_flight").build();
      assertThat(flush(sdk)).isTrue();
      long worst = 0;
      for (int i = 1; i <= 50; i++) {
        long started = System.nanoTime();
        runs.add(1);
        assertThat(flush(sdk)).isTrue();
        assertThat(value(Preset.AGENT_CONCURRENCY, "coder-0")).isEqualTo(i);
        worst = Math.max(worst, System.nanoTime() - started);
      }
      System.out.printf(
          "OTLP door: from recording in the SDK to the value read, worst of 50: %.1f ms%n",
          worst / 1e6);
    }
  }

  @Test
  void anotherPodsName_isRefused_andSoIsAWrongToken() {
    for (String[] tokenAndPod :
        new String[][] {
          {Receiver.POD_TOKEN, "victim-0"},
          {Receiver.NOBODY_TOKEN, "coder-0"},
          {"guessed", "coder-0"}
        }) {
      try (SdkMeterProvider sdk =
          sdk(
              tokenAndPod[0],
              AggregationTemporalitySelector.alwaysCumulative(),
              pod(tokenAndPod[1]))) {
        sdk.get("agent").upDownCounterBuilder("agent_runs_in_flight").build().add(3);
        // The SDK logs the refusal, and calls a flush done all the same.
        var _ = flush(sdk);
      }
    }
    assertThat(receiver.read(Preset.AGENT_CONCURRENCY, "agents")).isEmpty();
  }
}
