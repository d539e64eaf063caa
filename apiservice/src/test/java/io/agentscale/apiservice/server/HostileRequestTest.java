// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.authentication.AuthenticatorChain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import io.agentscale.apiservice.provider.Answer;
import org.awaitility.Awaitility;
import io.agentscale.apiservice.authorization.AllowedPaths;
import java.util.regex.Pattern;
import io.agentscale.apiservice.provider.ObjectMetricValue;

/** No request, however odd, may end the server, reach past its permission, or get a mute answer. */
final class HostileRequestTest {
  private static final int RANDOM_REQUESTS = 2000;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final TestProvider provider = new TestProvider();
  private final TestServer server =
      TestServer.start(
          provider,
          new AuthenticatorChain(List.of()),
          TestServer.reading("system:anonymous"),
          config ->
              config.withLimits(
                  Limits.DEFAULT.withRequestDeadline(DEADLINE).withConcurrentRequests(20)));
  private final OkHttpClient client = TestServer.client();
  private final OkHttpClient plainClient = TestServer.client(List.of(Protocol.HTTP_1_1), null);

  @AfterEach
  void tearDown() {
    // Nothing before must have harmed it.
    try (server;
        Response response = server.get(TestServer.client(), "/readyz")) {
      assertThat(response.code()).isEqualTo(200);
    } catch (IOException e) {
      throw new AssertionError("the server no longer answers", e);
    }
  }

  private SSLSocket connect() throws IOException {
    SSLSocket socket =
        (SSLSocket) plainClient.sslSocketFactory().createSocket("127.0.0.1", server.server.port());
    socket.setSoTimeout(5000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends bytes as they are, and returns all that comes back until the server closes. */
  private String exchange(String request) throws IOException {
    try (SSLSocket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String get(String path, String... headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        + String.join("", headers)
        + "\r\n";
  }

  private static JsonNode status(String answer) throws IOException {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    JsonNode status = Vectors.JSON.readTree(body);
    assertThat(status.get("kind").asText()).as(answer).isEqualTo("Status");
    return status;
  }

  @Test
  void tooLongHeaders_are431() throws Exception {
    String answer = exchange(get("/apis", "X-Long: " + "x".repeat(70_000) + "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 431 ");
    assertThat(status(answer).get("code").asInt()).isEqualTo(431);
  }

  @Test
  void tooLongRequestLine_is414() throws Exception {
    String answer = exchange(get("/" + "x".repeat(70_000)));
    assertThat(answer).startsWith("HTTP/1.1 414 ");
    assertThat(status(answer).get("code").asInt()).isEqualTo(414);
  }

  @Test
  void tooLongBody_is413_withoutBeingRead() throws Exception {
    String answer = exchange("POST /apis HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
    assertThat(status(answer).get("reason").asText()).isEqualTo("RequestEntityTooLarge");
  }

  @Test
  void unreadableRequests_are400() throws Exception {
    for (String path :
        List.of(
            "/%",
            "/%zz",
            "/apis/%ff",
            "//apis",
            "/apis//x",
            "/apis/../healthz",
            "/a%2Fb",
            "/a%00b",
            "/apis/%2e%2e/healthz",
            "/apis?a=%")) {
      String answer = exchange(get(path));
      assertThat(answer).as(path).startsWith("HTTP/1.1 400 ");
      assertThat(status(answer).get("reason").asText()).as(path).isEqualTo("BadRequest");
    }
    for (String request :
        List.of(
            "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "\0\0\0\0\r\n\r\n")) {
      assertThat(exchange(request)).as(request).doesNotStartWith("HTTP/1.1 200");
    }
  }

  @Test
  void permission_isForTheVeryPathThatIsServed() throws Exception {
    provider.objects =
        query -> {
          throw new AssertionError("asked without permission: " + query);
        };
    try (var closed =
        TestServer.start(
            provider,
            new AuthenticatorChain(List.of()),
            new AllowedPaths(List.of("/healthz*")),
            config -> config)) {
      for (String path :
          List.of(
              "/healthz/../apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m",
              "/healthz/%2e%2e/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m",
              "/healthz;/../apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m",
              "//apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m",
              "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m",
              "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/p/m?/healthz")) {
        try (SSLSocket socket =
            (SSLSocket)
                TestServer.client(List.of(Protocol.HTTP_1_1), null)
                    .sslSocketFactory()
                    .createSocket("127.0.0.1", closed.server.port())) {
          socket.getOutputStream().write(get(path).getBytes(StandardCharsets.ISO_8859_1));
          String answer =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(answer).as(path).containsPattern("^HTTP/1.1 (400|403|404) ");
        }
      }
    }
  }

  @Test
  void randomRequests_alwaysGetAStatus() throws Exception {
    var random = new SplittableRandom(11);
    int answered = 0;
    while (answered < RANDOM_REQUESTS) {
      try (SSLSocket socket = connect()) {
        InputStream answers = socket.getInputStream();
        String before = "nothing";
        for (int i = 0; i < 200 && answered < RANDOM_REQUESTS; i++) {
          String path = randomPath(random);
          socket
              .getOutputStream()
              .write(
                  ("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + randomHeaders(random) + "\r\n")
                      .getBytes(StandardCharsets.ISO_8859_1));
          String head = head(answers, before);
          before = path + " -> " + head;
          assertThat(head).as(path).matches("(?s)HTTP/1.1 (200|400|403|404|405|406|500|503) .*");
          answered++;
          // After a request it cannot parse, the server ends the connection.
          if (head.startsWith("HTTP/1.1 400 ")) {
            break;
          }
        }
      }
    }
  }

  private static String randomPath(SplittableRandom random) {
    var path = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      path.append('/').append(part(random));
    }
    if (random.nextInt(2) == 0) {
      path.append('?')
          .append(
              pick(
                  random,
                  "labelSelector",
                  "metricLabelSelector",
                  "fieldSelector",
                  "watch",
                  "pretty",
                  "x"))
          .append('=')
          .append(part(random))
          .append(part(random));
    }
    return path.toString();
  }

  private static String part(SplittableRandom random) {
    if (random.nextInt(4) > 0) {
      return pick(
          random,
          "apis",
          "custom.metrics.k8s.io",
          "external.metrics.k8s.io",
          "v1beta1",
          "v1beta2",
          "namespaces",
          "default",
          "pods",
          "*",
          "%2A",
          "metrics",
          "m",
          "healthz",
          "a%20in%20(b)",
          "!a",
          "a%3D%3D%3Db",
          "..",
          "openapi",
          "v3",
          "%00",
          "a{b=~%22.*%22}");
    }
    var part = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      char c = (char) (33 + random.nextInt(94));
      part.append(c == '?' || c == '#' || c == '%' ? "~" : String.valueOf(c));
    }
    return part.toString();
  }

  private static String randomHeaders(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "Accept: " + part(random) + "/" + part(random) + ";q=" + part(random) + "\r\n";
      case 1 -> "Authorization: Bearer " + part(random) + "\r\n";
      case 2 -> "X-Remote-User: " + part(random) + "\r\nX-Remote-Group: system:masters\r\n";
      case 3 -> "Audit-Id: " + part(random) + "\r\n";
      case 4 -> "If-None-Match: " + part(random) + "\r\nAccept-Encoding: " + part(random) + "\r\n";
      default -> "User-Agent: curl/" + part(random) + "\r\n";
    };
  }

  private static String pick(SplittableRandom random, String... of) {
    return of[random.nextInt(of.length)];
  }

  /** Reads one answer and returns its head. */
  private static String head(InputStream answers, String before) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = answers.read();
      assertThat(next).as("connection ended with %s, after %s", head, before).isNotNegative();
      head.append((char) next);
    }
    var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
    assertThat(length.find()).as(head.toString()).isTrue();
    answers.readNBytes(Integer.parseInt(length.group(1)));
    return head.toString();
  }

  @Test
  void moreRequestsThanAllowed_are429_butProbesAreAnswered() throws Exception {
    var answers = new CompletableFuture<Answer<ObjectMetricValue>>();
    provider.objects = _ -> answers;
    var codes = new ArrayList<Integer>();
    var done = new CountDownLatch(30);
    var refused = new CountDownLatch(10);
    client.dispatcher().setMaxRequestsPerHost(30);
    for (int i = 0; i < 30; i++) {
      client
          .newCall(new Request.Builder().url(server.url(path("p" + i))).build())
          .enqueue(
              new Callback() {
                @Override
                public void onFailure(Call call, IOException e) {
                  done.countDown();
                }

                @Override
                public void onResponse(Call call, Response response) {
                  try (response) {
                    synchronized (codes) {
                      codes.add(response.code());
                    }
                    if (response.code() == 429) {
                      assertThat(response.header("Retry-After")).isEqualTo("1");
                      refused.countDown();
                    }
                    done.countDown();
                  }
                }
              });
    }
    assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
    try (Response probe = server.get(TestServer.client(), "/livez")) {
      assertThat(probe.code()).isEqualTo(200);
    }
    answers.complete(Answer.refused(Answer.Reason.NOT_FOUND, ""));
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(codes).filteredOn(code -> code == 429).hasSize(10);
    assertThat(codes).filteredOn(code -> code == 404).hasSize(20);
  }

  private static String path(String pod) {
    return "/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/" + pod + "/m";
  }

  @Test
  void streamsResetByTheThousand_leaveNothingBehind() throws Exception {
    provider.objects = _ -> new CompletableFuture<>();
    var ended = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Call call = client.newCall(new Request.Builder().url(server.url(path("p"))).build());
        call.enqueue(
            new Callback() {
              @Override
              public void onFailure(Call failed, IOException e) {
                ended.incrementAndGet();
              }

              @Override
              public void onResponse(Call answered, Response response) {
                response.close();
                ended.incrementAndGet();
              }
            });
        calls.add(call);
      }
      calls.forEach(Call::cancel);
    }
    Awaitility.await()
        .atMost(DEADLINE.multipliedBy(5))
        .untilAsserted(() -> assertThat(ended).hasValue(1000));
    // Every place taken by an abandoned request is free again once its deadline has passed.
    provider.objects = new TestProvider().objects;
    Awaitility.await()
        .atMost(DEADLINE.multipliedBy(5))
        .untilAsserted(
            () -> {
              try (Response response = server.get(TestServer.client(), path("p"))) {
                assertThat(response.code()).isEqualTo(404);
              }
            });
  }

  @Test
  void bodyOnAReadPath_isIgnoredOrRefused_neverServed() throws Exception {
    Request post =
        new Request.Builder()
            .url(server.url("/apis"))
            .post(RequestBody.create(new byte[0]))
            .build();
    try (Response response = client.newCall(post).execute()) {
      assertThat(response.code()).isEqualTo(403);
    }
  }
}
