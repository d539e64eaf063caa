// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What discovery leaves out does not exist for kubectl, and what it says twice costs everybody. */
final class DiscoveryTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList";
  private final TestServer server = TestServer.open(new ReferenceProvider());
  private final OkHttpClient client = TestServer.client();

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

  private JsonNode json(String path, String... headers) throws Exception {
    try (Response response = get(path, headers)) {
      assertThat(response.code()).as(path).isEqualTo(200);
      return Vectors.JSON.readTree(response.body().bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v2beta1"})
  void aggregated_listsEveryMetric_withKindsAndScope(String version) throws Exception {
    String type = AGGREGATED.formatted(version);
    try (Response response = get("/apis", "Accept", type)) {
      assertThat(response.header("Content-Type")).isEqualTo(type);
      assertThat(response.header("Vary")).isEqualTo("Accept");
      assertThat(response.header("Cache-Control")).isEqualTo("public");
      JsonNode document = Vectors.JSON.readTree(response.body().bytes());
      assertThat(document.get("apiVersion").asText()).isEqualTo("apidiscovery.k8s.io/" + version);
      assertThat(names(document.at("/items"), "/metadata/name"))
          .containsExactly("custom.metrics.k8s.io", "external.metrics.k8s.io");
      JsonNode custom = document.at("/items/0/versions/0");
      assertThat(custom.get("version").asText()).isEqualTo("v1beta2");
      assertThat(custom.get("freshness").asText()).isEqualTo("Current");
      assertThat(names(custom.get("resources"), "/resource"))
          .containsExactly(
              "namespaces",
              "pods",
              "nodes",
              "deployments.apps",
              "services",
              "dep_metric",
              "http_requests_per_second",
              "node_gpu",
              "vllm_queue");
      assertThat(custom.at("/resources/8").toString())
          .as("what kubectl api-resources prints a row for")
          .isEqualTo(
              "{\"resource\":\"vllm_queue\",\"responseKind\":{\"group\":\"\",\"version\":\"\","
                  + "\"kind\":\"MetricValueList\"},\"scope\":\"Namespaced\","
                  + "\"singularResource\":\"\",\"verbs\":[\"get\"]}");
      assertThat(custom.at("/resources/7/scope").asText()).isEqualTo("Cluster");
      JsonNode pods = custom.at("/resources/1");
      assertThat(pods.get("scope").asText()).isEqualTo("Namespaced");
      assertThat(pods.at("/responseKind/kind").asText("missing")).isEmpty();
      assertThat(names(pods.get("subresources"), "/subresource"))
          .containsExactly("vllm_queue", "http_requests_per_second");
      assertThat(pods.at("/subresources/0/responseKind/kind").asText())
          .isEqualTo("MetricValueList");
      assertThat(document.at("/items/1/versions/0/resources/0/responseKind/kind").asText())
          .isEqualTo("ExternalMetricValueList");
    }
  }

  private static List<String> names(JsonNode array, String pointer) {
    List<String> names = new ArrayList<>();
    array.forEach(item -> names.add(item.at(pointer).asText()));
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis",
        "/openapi/v2",
        "/openapi/v3",
        "/openapi/v3/apis/custom.metrics.k8s.io/v1beta2"
      })
  void knownContent_isNotSentAgain(String path) throws Exception {
    String accept = path.equals("/apis") ? AGGREGATED.formatted("v2") : "application/json";
    String etag;
    try (Response first = get(path, "Accept", accept)) {
      assertThat(first.code()).isEqualTo(200);
      etag = String.valueOf(first.header("Etag"));
      assertThat(etag).matches("\"[0-9A-F]{128}\"");
    }
    try (Response again = get(path, "Accept", accept, "If-None-Match", etag)) {
      assertThat(again.code()).isEqualTo(304);
      assertThat(again.body().bytes()).isEmpty();
    }
    try (Response other = get(path, "Accept", accept, "If-None-Match", "\"other\"")) {
      assertThat(other.code()).isEqualTo(200);
    }
  }

  @Test
  void openApiIndex_leadsToEveryVersion() throws Exception {
    JsonNode index = json("/openapi/v3");
    assertThat(index.get("paths")).hasSize(3);
    for (JsonNode entry : index.get("paths")) {
      JsonNode document = json(entry.get("serverRelativeURL").asText());
      assertThat(document.get("openapi").asText()).startsWith("3.");
      assertResolves(document, document);
    }
    JsonNode v2 = json("/openapi/v2");
    assertThat(v2.get("swagger").asText()).isEqualTo("2.0");
    assertResolves(v2, v2);
  }

  private static void assertResolves(JsonNode root, JsonNode part) {
    JsonNode reference = part.get("$ref");
    if (reference != null) {
      assertThat(root.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
    part.forEach(child -> assertResolves(root, child));
  }

  @Test
  void preferredVersion_isTheNewest() throws Exception {
    assertThat(json("/apis/custom.metrics.k8s.io").at("/preferredVersion/version").asText())
        .isEqualTo("v1beta2");
    assertThat(json("/apis").at("/groups/0/versions")).hasSize(2);
  }

  @Test
  void unknownDiscoveryVersionAlone_is406_soThatTheAggregatorFallsBack() throws Exception {
    try (Response response = get("/apis", "Accept", AGGREGATED.formatted("v3"))) {
      assertThat(response.code()).isEqualTo(406);
    }
  }
}
