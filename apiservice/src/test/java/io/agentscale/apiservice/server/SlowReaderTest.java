// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ObjectReference;
import io.agentscale.core.metric.Quantity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that ask for much and never read it must not take the memory that others need. */
final class SlowReaderTest {
  private static final String PATH =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/*/m?labelSelector=a";
  private static final int PODS = 60_000;
  private static final long MEBIBYTE = 1024 * 1024;

  private final TestProvider provider = new TestProvider();
  private final TestServer server =
      TestServer.start(
          provider,
          new AuthenticatorChain(List.of()),
          TestServer.reading("system:anonymous"),
          config ->
              config.withLimits(
                  new Limits(
                      Duration.ofSeconds(5),
                      1000,
                      8192,
                      8192,
                      Duration.ofSeconds(3),
                      100,
                      20 * MEBIBYTE,
                      16 * MEBIBYTE)));
  private final OkHttpClient client = TestServer.client(List.of(Protocol.HTTP_1_1), null);
  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void tearDown() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
    server.close();
  }

  @Test
  void bytesThatNobodyTakes_areLimited_andOthersAreTold503_untilTheSlowAreCut() throws Exception {
    Answer.Values<ObjectMetricValue> large =
        new Answer.Values<>(IntStream.range(0, PODS).mapToObj(SlowReaderTest::pod).toList());
    provider.objects = _ -> CompletableFuture.completedStage(large);
    slow.add(askAndNeverRead());

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              try (Response response = ask()) {
                assertThat(response.code()).isEqualTo(503);
                assertThat(response.header("Retry-After")).isEqualTo("1");
                JsonNode status = Vectors.JSON.readTree(response.body().bytes());
                assertThat(status.get("message").asText())
                    .isEqualTo("too many bytes wait for slow clients");
              }
            });
    try (Response small = server.get(client, "/livez")) {
      assertThat(small.code()).as("what is small still fits").isEqualTo(200);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> {
              try (Response response = ask()) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.body().bytes().length).isGreaterThan(8_000_000);
              }
            });
  }

  private Response ask() throws IOException {
    Request request =
        new Request.Builder().url(server.url(PATH)).header("Accept-Encoding", "identity").build();
    return client.newCall(request).execute();
  }

  private static ObjectMetricValue pod(int index) {
    return new ObjectMetricValue(
        new ObjectReference("v1", "Pod", Optional.of("n"), "a-pod-with-a-usual-name-" + index),
        Quantity.of(index),
        Instant.EPOCH,
        Optional.empty());
  }

  private Socket askAndNeverRead() throws IOException {
    Socket plain = new Socket();
    plain.setReceiveBufferSize(4096);
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
    SSLSocket socket =
        (SSLSocket) client.sslSocketFactory().createSocket(plain, "127.0.0.1", 0, true);
    socket
        .getOutputStream()
        .write(
            ("GET " + PATH + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
