// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.provider.Answer;
import io.agentscale.apiservice.provider.CpuCores;
import io.agentscale.apiservice.provider.ExternalMetricQuery;
import io.agentscale.apiservice.provider.ExternalMetricValue;
import io.agentscale.apiservice.provider.MetricCatalog;
import io.agentscale.apiservice.provider.MetricsProvider;
import io.agentscale.apiservice.provider.ObjectMetricQuery;
import io.agentscale.apiservice.provider.ObjectMetricQuery.Objects;
import io.agentscale.apiservice.provider.ObjectMetricValue;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import io.agentscale.apiservice.provider.Usage;
import io.agentscale.apiservice.provider.UsageQuery;
import io.agentscale.core.metric.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The controller's resource client and {@code kubectl top} read these documents with the types of
 * {@code k8s.io/metrics}: one field misnamed, and every CPU autoscaler of the cluster stands still.
 */
final class ResourceMetricsTest {
  private static final Instant AT = Instant.parse("2026-11-20T20:26:59Z");
  private static final String ROOT = "/apis/metrics.k8s.io/v1beta1";

  private final KnownUsage provider = new KnownUsage();
  private final TestServer server = TestServer.open(provider);
  private final OkHttpClient client = TestServer.client();

  /** A provider that knows two pods and a node, and remembers what it was asked. */
  private static final class KnownUsage implements MetricsProvider, ResourceMetricsProvider {
    private volatile boolean serving = true;
    private volatile Optional<Answer<ObjectUsage>> fixed = Optional.empty();
    private final List<UsageQuery> asked = new ArrayList<>();

    @Override
    public Optional<ResourceMetricsProvider> resources() {
      return serving ? Optional.of(this) : Optional.empty();
    }

    @Override
    public CompletionStage<Answer<ObjectUsage>> usage(UsageQuery query) {
      asked.add(query);
      return CompletableFuture.completedStage(fixed.orElseGet(() -> answer(query)));
    }

    private static Answer<ObjectUsage> answer(UsageQuery query) {
      List<ObjectUsage> all =
          query.kind() == UsageQuery.Kind.NODES
              ? List.of(node("n1"))
              : List.of(pod("default", "p1"), pod("other", "p2"));
      return new Answer.Values<>(
          all.stream()
              .filter(one -> query.namespace().isEmpty() || isIn(one, query.namespace()))
              .filter(
                  one ->
                      !(query.objects() instanceof Objects.Named(String name))
                          || one.subject().name().equals(name))
              .toList());
    }

    private static boolean isIn(ObjectUsage one, Optional<String> namespace) {
      return one.subject().namespace().equals(namespace);
    }

    @Override
    public MetricCatalog catalog() {
      return new MetricCatalog(List.of(), List.of());
    }

    @Override
    public CompletionStage<Answer<ObjectMetricValue>> objectValues(ObjectMetricQuery query) {
      return CompletableFuture.completedStage(Answer.refused(Answer.Reason.NOT_FOUND, ""));
    }

    @Override
    public CompletionStage<Answer<ExternalMetricValue>> externalValues(ExternalMetricQuery query) {
      return CompletableFuture.completedStage(Answer.refused(Answer.Reason.NOT_FOUND, ""));
    }
  }

  private static ObjectUsage pod(String namespace, String name) {
    return new ObjectUsage.OfPod(
        new ObjectUsage.Subject(Optional.of(namespace), name, Map.of("app", "a")),
        AT,
        Duration.ofMinutes(3),
        List.of(
            new ObjectUsage.Container(
                "main", new Usage(CpuCores.of(0.25), Quantity.of(64L << 20)))));
  }

  private static ObjectUsage node(String name) {
    return new ObjectUsage.OfNode(
        new ObjectUsage.Subject(Optional.empty(), name, Map.of()),
        AT,
        Duration.ofMinutes(1),
        new Usage(CpuCores.of(1.5), Quantity.of(2_000_000_000L)));
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  private Response get(String path, String... headers) throws Exception {
    var request = new Request.Builder().url(server.url(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.newCall(request.build()).execute();
  }

  private JsonNode json(int code, String path, String... headers) throws Exception {
    try (Response response = get(path, headers)) {
      String body = response.body().string();
      assertThat(response.code()).as(body).isEqualTo(code);
      return Vectors.JSON.readTree(body);
    }
  }

  @Test
  void podByName_hasTheFieldsOfPodMetrics() throws Exception {
    assertThat(json(200, ROOT + "/namespaces/default/pods/p1"))
        .isEqualTo(
            Vectors.JSON.readTree(
                """
                {"kind":"PodMetrics","apiVersion":"metrics.k8s.io/v1beta1",
                 "metadata":{"name":"p1","namespace":"default",
                   "creationTimestamp":"2026-11-20T20:26:59Z","labels":{"app":"a"}},
                 "timestamp":"2026-11-20T20:26:59Z","window":"3m0s",
                 "containers":[{"name":"main","usage":{"cpu":"250m","memory":"67108864"}}]}
                """));
  }

  @Test
  void nodeByName_hasTheFieldsOfNodeMetrics() throws Exception {
    assertThat(json(200, ROOT + "/nodes/n1"))
        .isEqualTo(
            Vectors.JSON.readTree(
                """
                {"kind":"NodeMetrics","apiVersion":"metrics.k8s.io/v1beta1",
                 "metadata":{"name":"n1","creationTimestamp":"2026-11-20T20:26:59Z"},
                 "timestamp":"2026-11-20T20:26:59Z","window":"1m0s",
                 "usage":{"cpu":"1500m","memory":"2G"}}
                """));
  }

  @Test
  void lists_areOfOneNamespaceOrAll_andNameTheirKind() throws Exception {
    JsonNode all = json(200, ROOT + "/pods");
    assertThat(all.get("kind").asText()).isEqualTo("PodMetricsList");
    assertThat(all.get("items")).hasSize(2);
    assertThat(all.at("/items/0/kind").isMissingNode()).isTrue();
    assertThat(json(200, ROOT + "/namespaces/other/pods").at("/items/0/metadata/name").asText())
        .isEqualTo("p2");
    assertThat(json(200, ROOT + "/namespaces/empty/pods").get("items")).isEmpty();
    assertThat(json(200, ROOT + "/nodes").get("kind").asText()).isEqualTo("NodeMetricsList");
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.name%3Dp1, 1",
    "metadata.name%3D%3Dp1, 1",
    "metadata.name!%3Dp1, 1",
    "metadata.namespace!%3Ddefault, 1",
    "metadata.name%3Dnone, 0",
    "'metadata.name%3Dp1,metadata.namespace%3Dother', 0"
  })
  void fieldSelector_narrowsTheList(String selector, int count) throws Exception {
    assertThat(json(200, ROOT + "/pods?fieldSelector=" + selector).get("items")).hasSize(count);
  }

  @Test
  void selectors_areReadOrRefused() throws Exception {
    json(200, ROOT + "/pods?labelSelector=app%3Da");
    assertThat(provider.asked.getLast().objects())
        .isInstanceOfSatisfying(
            Objects.Selected.class,
            selected -> assertThat(selected.selector().matches(Map.of("app", "b"))).isFalse());
    json(400, ROOT + "/pods?labelSelector=%3D%3D");
    json(400, ROOT + "/pods?fieldSelector=spec.nodeName%3Dn1");
    json(405, ROOT + "/pods?watch=true");
  }

  @Test
  void protobuf_isTheEnvelopeOfPodMetricsList() throws Exception {
    try (Response response =
        get(ROOT + "/pods", "Accept", "application/vnd.kubernetes.protobuf,application/json")) {
      assertThat(response.header("Content-Type")).isEqualTo("application/vnd.kubernetes.protobuf");
      byte[] body = response.body().bytes();
      assertThat(new String(body, 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("k8s\0");
      String text = new String(body, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .contains("metrics.k8s.io/v1beta1", "PodMetricsList", "main", "250m", "67108864");
    }
  }

  @Test
  void refusals_keepTheirCause() throws Exception {
    provider.fixed =
        Optional.of(Answer.refused(Answer.Reason.NO_SAMPLE, "container side has no memory sample"));
    JsonNode missing = json(404, ROOT + "/namespaces/default/pods/p1");
    assertThat(missing.get("message").asText())
        .isEqualTo(
            "podmetrics.metrics.k8s.io \"default/p1\" not found: container side has no memory"
                + " sample");
    provider.fixed = Optional.of(Answer.refused(Answer.Reason.SOURCE_FAILED, "Prometheus is gone"));
    assertThat(json(500, ROOT + "/nodes").get("message").asText()).contains("Prometheus is gone");
    provider.fixed = Optional.of(Answer.refused(Answer.Reason.UNAVAILABLE, "not known yet"));
    json(503, ROOT + "/nodes");
  }

  @Test
  void discovery_listsBothKindsWithTheirVerbs() throws Exception {
    JsonNode list = json(200, ROOT);
    assertThat(list.get("groupVersion").asText()).isEqualTo("metrics.k8s.io/v1beta1");
    assertThat(list.at("/resources/0"))
        .isEqualTo(
            Vectors.JSON.readTree(
                """
                {"name":"nodes","singularName":"","namespaced":false,"kind":"NodeMetrics",
                 "verbs":["get","list"]}
                """));
    assertThat(list.at("/resources/1/kind").asText()).isEqualTo("PodMetrics");
    assertThat(json(200, "/apis").at("/groups/2/name").asText()).isEqualTo("metrics.k8s.io");
    JsonNode aggregated =
        json(
            200,
            "/apis",
            "Accept",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    JsonNode pods = aggregated.at("/items/2/versions/0/resources/1");
    assertThat(pods.get("resource").asText()).isEqualTo("pods");
    assertThat(pods.get("scope").asText()).isEqualTo("Namespaced");
    assertThat(pods.at("/responseKind/kind").asText()).isEqualTo("PodMetrics");
    assertThat(pods.get("verbs")).hasSize(2);
  }

  @Test
  void withoutProvider_theGroupDoesNotExist() throws Exception {
    provider.serving = false;
    json(404, ROOT);
    json(404, ROOT + "/pods");
    json(404, "/apis/metrics.k8s.io");
    assertThat(json(200, "/apis").get("groups")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pods/p1",
        "/namespaces/default/nodes",
        "/namespaces/default/nodes/n1",
        "/namespaces/default/pods/p1/log",
        "/services",
        "/namespaces/default"
      })
  void otherPaths_leadNowhere(String path) throws Exception {
    json(404, ROOT + path);
    assertThat(provider.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.25, 250m",
    "0.0004, 400u",
    "0.000000001, 1n",
    "1.234567891, 1234567891n",
    "2, 2",
    "96, 96",
    "2000, 2k",
    "1e300, 9223372036854775807n"
  })
  void cpu_keepsWhatThousandthsWouldLose(double cores, String text) {
    assertThat(CpuCores.of(cores)).hasToString(text);
  }

  @Test
  void openApi_describesTheGroup_onlyWhileItIsServed() throws Exception {
    JsonNode index = json(200, "/openapi/v3");
    String path = index.at("/paths/apis~1metrics.k8s.io~1v1beta1/serverRelativeURL").asText();
    JsonNode three = json(200, path);
    assertThat(three.at("/paths").properties()).hasSize(5);
    assertThat(unresolved(three, three)).isEmpty();
    JsonNode two = json(200, "/openapi/v2");
    assertThat(two.at("/paths").has("/apis/metrics.k8s.io/v1beta1/nodes")).isTrue();
    assertThat(two.at("/paths").properties()).hasSize(12);
    assertThat(two.path("swagger").asText()).isEqualTo("2.0");
    assertThat(unresolved(two, two)).isEmpty();
  }

  private static List<String> unresolved(JsonNode root, JsonNode part) {
    List<String> unresolved = new ArrayList<>();
    JsonNode reference = part.get("$ref");
    if (reference != null && root.at(reference.asText().substring(1)).isMissingNode()) {
      unresolved.add(reference.asText());
    }
    part.forEach(child -> unresolved.addAll(unresolved(root, child)));
    return unresolved;
  }
}
