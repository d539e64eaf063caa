// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.TestAggregator;
import io.agentscale.adapter.controlplane.TestAggregator.Answer;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.controlplane.TestPki;
import io.agentscale.adapter.registration.RegisteredGroup;
import io.agentscale.adapter.registration.RegistrationConfig;
import io.agentscale.adapter.registration.RegistrationConflictException;
import io.agentscale.adapter.registration.ServiceAddress;
import io.agentscale.apiservice.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path of an HPA's question in one process: the control plane that registers us, its
 * aggregator that verifies and forwards, our authentication and authorization by that control
 * plane, and a Prometheus behind. Any link that is only nearly right makes every HPA blind.
 */
final class AggregationIT {
  private static final String HPA = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";
  private static final List<String> HPA_GROUPS =
      List.of(
          "system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated");
  private static final String VALUES =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods/*/agent_concurrency?labelSelector=app%3Dcoder";
  private static final String CONFIG_MAP =
      "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
  private static final String SECRET =
      "/api/v1/namespaces/agentscale-system/secrets/agentscale-serving-ca";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  private final TestControlPlane cluster = new TestControlPlane();
  private final TestPki pki = new TestPki();

  @TempDir private Path directory;
  private final AtomicInteger queries = new AtomicInteger();
  private HttpServer prometheus;

  @BeforeEach
  void furnish() throws IOException {
    cluster.put(CONFIG_MAP, pki.configMap());
    cluster.put(
        "/api/v1/namespaces/default/pods/coder-1",
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "coder-1",
         "namespace": "default", "labels": {"app": "coder"}}, "status": {"podIP": "127.0.0.1"}}""");
    cluster.review(
        "subjectaccessreviews",
        spec ->
            object()
                .put(
                    "allowed",
                    spec.path("user").asText().equals(HPA)
                        && spec.at("/resourceAttributes/group")
                            .asText()
                            .equals("custom.metrics.k8s.io")));
    cluster.review("tokenreviews", _ -> object().put("authenticated", false));
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        "/api/v1/query",
        """
        {"resultType": "vector", "result": [
         {"metric": {"namespace": "default", "pod": "coder-1"}, "value": [%d, "7"]}]}""");
    answer(
        "/api/v1/series",
        """
        [{"__name__": "busy", "namespace": "default", "service": "s", "deployment": "d",
          "replicaset": "r", "statefulset": "s", "node": "n"}]""");
    prometheus.start();
  }

  private void answer(String path, String data) {
    prometheus.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (path.endsWith("/query")) {
              queries.incrementAndGet();
            }
            byte[] body =
                "{\"status\": \"success\", \"data\": %s}"
                    .formatted(data.formatted(Instant.now().getEpochSecond()))
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  @AfterEach
  void stop() {
    prometheus.stop(0);
    cluster.close();
  }

  @Test
  void hpaQuestion_throughTheAggregator() throws IOException {
    try (Adapter adapter = start(false, RegisteredGroup.values())) {
      TestAggregator aggregator = aggregator(adapter);

      assertThat(aggregator.availability("custom.metrics.k8s.io/v1beta2"))
          .hasSize(5)
          .containsOnly(200);
      assertThat(aggregator.availability("custom.metrics.k8s.io/v1beta1")).containsOnly(200);
      assertThat(aggregator.availability("external.metrics.k8s.io/v1beta1")).containsOnly(200);
      Answer answer = value(aggregator);
      assertThat(answer.headers().get("Content-Type"))
          .isEqualTo("application/vnd.kubernetes.protobuf");
      assertThat(answer.text()).startsWith("k8s\0").contains("agent_concurrency", "coder-1", "7");
      JsonNode json =
          new JsonMapper()
              .readTree(aggregator.get(VALUES, HPA, HPA_GROUPS, "Accept", "*/*").text());
      assertThat(json.at("/items/0/value").asText()).isEqualTo("7");
      JsonNode groups =
          new JsonMapper()
              .readTree(
                  aggregator
                      .direct(
                          "v1beta2.custom.metrics.k8s.io",
                          "/apis",
                          "X-Remote-User",
                          "system:aggregator",
                          "X-Remote-Group",
                          "system:masters",
                          "Accept",
                          "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                      .text());
      assertThat(groups.path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
      assertThat(groups.path("items").toString())
          .contains("custom.metrics.k8s.io", "external.metrics.k8s.io");
    }
  }

  @Test
  void everyoneElse_isWhoTheyAre_andNoMore() throws IOException {
    try (Adapter adapter = start(false, RegisteredGroup.CUSTOM)) {
      TestAggregator aggregator = aggregator(adapter);
      value(aggregator);

      assertThat(aggregator.get(VALUES, "jane", List.of("system:authenticated")).code())
          .isEqualTo(403);
      JsonNode review = cluster.calls("create", REVIEWS).getLast().body().path("spec");
      assertThat(review.path("user").asText()).isEqualTo("jane");
      assertThat(review.at("/resourceAttributes/subresource").asText())
          .isEqualTo("agent_concurrency");
      assertThat(aggregator.direct("v1beta2.custom.metrics.k8s.io", VALUES).code())
          .as("the proxy's certificate without a user")
          .isEqualTo(401);
      aggregator.proxy = pki.proxyAuthorityIssues("another-name");
      assertThat(aggregator.get(VALUES, HPA, HPA_GROUPS).code()).isEqualTo(401);
      aggregator.proxy = null;
      assertThat(aggregator.get(VALUES, HPA, HPA_GROUPS).code()).as("spoofed").isEqualTo(403);
      assertThat(
              aggregator
                  .direct(
                      "v1beta2.custom.metrics.k8s.io", VALUES, "Authorization", "Bearer nonsense")
                  .code())
          .isEqualTo(401);
      aggregator.proxy = pki.client(HPA);
      assertThat(aggregator.direct("v1beta2.custom.metrics.k8s.io", VALUES).code())
          .as("a client certificate of the cluster")
          .isEqualTo(200);
    }
  }

  @Test
  void metricsOfAnAutoscaler_areAskedForBeforeItAsks_andItsFirstQuestionIsAnswered()
      throws IOException {
    cluster.put(
        "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/coder",
        """
        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
         "metadata": {"name": "coder", "namespace": "default"},
         "spec": {"maxReplicas": 9, "scaleTargetRef": {"kind": "Deployment", "name": "coder"},
          "metrics": [{"type": "Pods", "pods": {"metric": {"name": "agent_concurrency"},
                       "target": {"type": "AverageValue", "averageValue": "5"}}}]}}""");
    try (Adapter adapter = start(false, RegisteredGroup.CUSTOM)) {
      await().until(() -> queries.get() > 0);
      assertThat(exposition(adapter))
          .contains("agentscale_autoscaler_metrics 1.0", "agentscale_autoscalers_followed 1.0");

      assertThat(aggregator(adapter).get(VALUES, HPA, HPA_GROUPS).code())
          .as("the first question: neither 503 nor a wait")
          .isEqualTo(200);
    }
  }

  @Test
  void authoritiesRotate_withoutRestart() throws IOException {
    try (Adapter adapter = start(false, RegisteredGroup.CUSTOM)) {
      TestAggregator aggregator = aggregator(adapter);
      value(aggregator);
      TestPki next = new TestPki();
      aggregator.proxy = next.proxy;
      assertThat(aggregator.get(VALUES, HPA, HPA_GROUPS).code()).isEqualTo(401);

      cluster.put(CONFIG_MAP, next.configMap());
      await().until(() -> aggregator.get(VALUES, HPA, HPA_GROUPS).code() == 200);

      CertificateAuthority serving = CertificateAuthority.generate(Instant.now());
      cluster.put(
          SECRET,
          "{\"metadata\": {\"name\": \"agentscale-serving-ca\"}, \"data\": {\"tls.crt\": \"%s\", \"tls.key\": \"%s\"}}"
              .formatted(encoded(serving.certificatePem()), encoded(serving.privateKeyPem())));
      String bundle = encoded(serving.certificatePem());
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> bundle.equals(caBundle()) && isAnswered(aggregator));
    }
  }

  @Test
  void notReady_beforeCertificatesAreHonouredAndTheRegistrationIsDone() throws IOException {
    cluster.delete(CONFIG_MAP);
    try (Adapter adapter = start(true, RegisteredGroup.CUSTOM)) {
      TestAggregator aggregator = aggregator(adapter);
      // As a kubelet, which shows no certificate.
      aggregator.proxy = null;
      Answer before = aggregator.direct("v1beta2.custom.metrics.k8s.io", "/readyz?verbose");
      assertThat(before.code()).isEqualTo(500);
      assertThat(before.text()).contains("client-authorities");

      cluster.put(CONFIG_MAP, pki.configMap());

      await()
          .until(() -> aggregator.direct("v1beta2.custom.metrics.k8s.io", "/readyz").code() == 200);
    }
  }

  @Test
  void withoutTheConfigMap_theStartFails() {
    cluster.delete(CONFIG_MAP);

    assertThatThrownBy(() -> start(false).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("extension-apiserver-authentication");
  }

  @Test
  void conflict_failsTheStart() {
    cluster.put(
        "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.external.metrics.k8s.io",
        "{\"metadata\": {}, \"spec\": {\"service\": {\"namespace\": \"keda\", \"name\": \"keda\"}}}");

    assertThatThrownBy(() -> start(false, RegisteredGroup.EXTERNAL).close())
        .isInstanceOf(RegistrationConflictException.class)
        .hasMessageContaining("keda/keda");
  }

  @Test
  void shippedRoles_allowEveryCall_andNothingMore() throws IOException {
    cluster.put(
        "/apis/agentscale.io/v1alpha1/namespaces/default/scalingmetricrules/own",
        "{\"apiVersion\": \"agentscale.io/v1alpha1\", \"kind\": \"ScalingMetricRule\","
            + " \"metadata\": {\"namespace\": \"default\", \"name\": \"own\", \"generation\": 1},"
            + " \"spec\": {\"metric\": \"own\", \"query\": \"sum(up) by (pod)\","
            + " \"resources\": {\"overrides\": {\"pod\": {\"resource\": \"pod\"}}}}}");
    // One that is refused, which its status and an Event say.
    cluster.put(
        "/apis/agentscale.io/v1alpha1/namespaces/default/scalingpolicies/coder",
        "{\"apiVersion\": \"agentscale.io/v1alpha1\", \"kind\": \"ScalingPolicy\","
            + " \"metadata\": {\"namespace\": \"default\", \"name\": \"coder\","
            + " \"uid\": \"1\", \"generation\": 1}, \"spec\": {\"maxReplicas\": 0}}");
    try (Adapter adapter = start(false, RegisteredGroup.values())) {
      TestAggregator aggregator = aggregator(adapter);
      value(aggregator);
      for (String collection :
          List.of(
              "namespaces/default/services",
              "namespaces/default/deployments.apps",
              "namespaces/default/replicasets.apps",
              "namespaces/default/statefulsets.apps",
              "nodes",
              "namespaces/*/metrics")) {
        String objects = collection.endsWith("/metrics") ? collection : collection + "/*";
        aggregator.get("/apis/custom.metrics.k8s.io/v1beta2/" + objects + "/busy", HPA, HPA_GROUPS);
      }

      await().untilAsserted(() -> assertThat(cluster.roles.unused()).isEmpty());
    }
  }

  private static String exposition(Adapter adapter) throws IOException {
    try (var text =
        URI.create("http://127.0.0.1:" + adapter.opsPort() + "/metrics").toURL().openStream()) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }

  private Adapter start(boolean tolerant, RegisteredGroup... groups) throws IOException {
    AdapterConfig config =
        AdapterConfig.parse(
            "adapter.yaml",
            directory,
            """
            prometheus: {url: 'http://127.0.0.1:%d'}
            rules:
            - seriesQuery: busy
              resources:
                overrides:
                  service: {resource: service}
                  deployment: {group: apps, resource: deployment}
                  replicaset: {group: apps, resource: replicaset}
                  statefulset: {group: apps, resource: statefulset}
                  node: {resource: node}
                  namespace: {resource: namespace}
              metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
            server: {listen: 127.0.0.1, port: 0, auth: {tolerateLookupFailure: %s}}
            ops: {listen: 127.0.0.1, port: 0}
            """
                .formatted(prometheus.getAddress().getPort(), tolerant));
    return Adapter.start(
        config,
        Optional.of(cluster.kubeconfig(directory)),
        new RegistrationConfig(
            Set.of(groups),
            new ServiceAddress("agentscale-system", "agentscale", 443),
            Optional.empty(),
            false),
        InstantSource.system());
  }

  private TestAggregator aggregator(Adapter adapter) {
    return new TestAggregator(cluster, pki.proxy, adapter.port());
  }

  /** The first question makes the pods known; until they are, it is an error. */
  private static Answer value(TestAggregator aggregator) {
    String accept = "application/vnd.kubernetes.protobuf, */*";
    await().until(() -> aggregator.get(VALUES, HPA, HPA_GROUPS, "Accept", accept).code() == 200);
    return aggregator.get(VALUES, HPA, HPA_GROUPS, "Accept", accept);
  }

  /** Refused handshakes are the moment between the two halves of a change. */
  private static boolean isAnswered(TestAggregator aggregator) {
    try {
      return aggregator.get(VALUES, HPA, HPA_GROUPS).code() == 200;
    } catch (java.io.UncheckedIOException e) {
      return false;
    }
  }

  private String caBundle() {
    return cluster
        .read("/apis/apiregistration.k8s.io/v1/apiservices/v1beta2.custom.metrics.k8s.io")
        .orElseThrow()
        .at("/spec/caBundle")
        .asText();
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode object() {
    return new JsonMapper().createObjectNode();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
