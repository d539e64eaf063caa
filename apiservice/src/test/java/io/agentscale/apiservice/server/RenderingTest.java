// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.Answer.Values;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ObjectReference;
import io.agentscale.apiservice.wire.Format;
import io.agentscale.core.metric.Quantity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import java.util.zip.GZIPInputStream;

/** A kept answer must never be served for another question, or after its values have changed. */
final class RenderingTest {
  private static final String PODS = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/*/m";

  private static Values<ObjectMetricValue> pods(int count, long value) {
    return new Values<>(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new ObjectMetricValue(
                        new ObjectReference("v1", "Pod", Optional.of("n"), "pod-" + i),
                        Quantity.of(value),
                        Instant.EPOCH,
                        Optional.empty()))
            .toList());
  }

  @Test
  void answers_followTheValues_andTheQuestion() throws Exception {
    var provider = new TestProvider();
    var client = TestServer.client();
    Values<ObjectMetricValue> first = pods(1, 1);
    Values<ObjectMetricValue> second = pods(1, 2);
    try (var server = TestServer.open(provider)) {
      for (Values<ObjectMetricValue> values : List.of(first, first, second, second, first)) {
        provider.objects = _ -> CompletableFuture.completedStage(values);
        for (String path : List.of(PODS, PODS.replace("v1beta2", "v1beta1"), PODS + "2")) {
          try (Response response = server.get(client, path)) {
            assertThat(response.body().string())
                .contains("\"value\":\"" + values.items().getFirst().value() + "\"")
                .contains(path.contains("v1beta1") ? "metricName" : "\"metric\":{")
                .contains(path.endsWith("2") ? "\"m2\"" : "\"m\"");
          }
        }
        for (String accept : List.of("application/yaml", "application/json")) {
          var request =
              new Request.Builder().url(server.url(PODS)).header("Accept", accept).build();
          try (Response response = client.newCall(request).execute()) {
            assertThat(response.header("Content-Type")).isEqualTo(accept);
          }
        }
      }
    }
  }

  @Test
  void largeBodies_areZippedOnDemandOnly() throws Exception {
    var provider = new TestProvider();
    Answer<ObjectMetricValue> large = pods(1000, 1);
    provider.objects = _ -> CompletableFuture.completedStage(large);
    var client = TestServer.client();
    try (var server = TestServer.open(provider)) {
      var plain = new Request.Builder().url(server.url(PODS)).header("Accept-Encoding", "identity");
      byte[] expected;
      try (Response response = client.newCall(plain.build()).execute()) {
        assertThat(response.header("Content-Encoding")).isNull();
        expected = response.body().bytes();
        assertThat(expected).hasSizeGreaterThan(128 * 1024);
      }
      var zipped = new Request.Builder().url(server.url(PODS)).header("Accept-Encoding", "gzip");
      for (int i = 0; i < 2; i++) {
        try (Response response = client.newCall(zipped.build()).execute()) {
          assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
          byte[] body = new GZIPInputStream(response.body().byteStream()).readAllBytes();
          assertThat(body).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void memory_isBounded() {
    var cache = new RenderingCache(100_000);
    Object source = new Object();
    for (int i = 0; i < 1000; i++) {
      cache.keep(key("/" + i), source, ByteBuffer.allocate(1000));
      assertThat(cache.bytes()).isLessThanOrEqualTo(100_000);
    }
    assertThat(cache.find(key("/999"), source)).isPresent();
    assertThat(cache.find(key("/999"), new Object())).isEmpty();
    assertThat(cache.find(key("/0"), source)).isEmpty();
    cache.keep(key("/large"), source, ByteBuffer.allocate(90_000));
    assertThat(cache.find(key("/large"), source)).isEmpty();
    assertThat(cache.find(key("/999"), source)).isPresent();
  }

  private static RenderingCache.Key key(String uri) {
    return new RenderingCache.Key(uri, Format.JSON, false, false);
  }
}
