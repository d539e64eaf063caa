// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.TestControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy's whole life in a cluster, by the parts that run there: whatever happens to it, an
 * autoscaler gets what was decided, and its owner gets back what was held.
 *
 * <p>fabric8's mock server is of no use here: it tells of changes over web sockets only, which we
 * do not open, and knows no server-side apply. {@link TestControlPlane} does, under the roles we
 * ship; who owns which field, and the scale subresource, are for the tests of {@code actuate}.
 */
final class PolicyLifeCycleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEMAND =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/team/agentscale_demand"
          + "?labelSelector=policy%3Dcoder";
  private static final String POLICY =
      "/apis/agentscale.io/v1alpha1/namespaces/team/scalingpolicies/coder";
  private static final String HPA =
      "/apis/autoscaling/v2/namespaces/team/horizontalpodautoscalers/coder";

  private final TestControlPlane cluster = new TestControlPlane();
  private int generation;
  @TempDir private Path directory;
  private FakePrometheus prometheus;
  private Adapter adapter;
  private MetricsReader reader;

  @BeforeEach
  void start() throws IOException {
    prometheus = new FakePrometheus();
    demand(30);
    cluster.roles.add("actuation");
    cluster.put("/apis/apps/v1/namespaces/team/deployments/coder", DEPLOYMENT);
    cluster.put(HPA, AUTOSCALER);
    for (int i = 0; i < 4; i++) {
      cluster.put(
          "/api/v1/namespaces/team/pods/coder-7d9c-" + i,
          POD.replace("NUMBER", Integer.toString(i)));
    }
    startAdapter();
  }

  private void startAdapter() throws IOException {
    AdapterConfig config =
        AdapterConfig.parse(
            "adapter.yaml",
            directory,
            """
            prometheus: {url: '%s'}
            server: {listen: 127.0.0.1, port: 0, auth: {delegated: false}}
            ops: {listen: 127.0.0.1, port: 0}
            policies: {tick: 1s}
            """
                .formatted(prometheus.url()));
    Path kubeconfig = cluster.kubeconfig(directory);
    adapter = Adapter.start(config, Optional.of(kubeconfig), InstantSource.system());
    reader = new MetricsReader(adapter);
  }

  private void stopAdapter() {
    reader.close();
    adapter.close();
  }

  @AfterEach
  void stop() {
    stopAdapter();
    prometheus.close();
    cluster.close();
  }

  @Test
  void life_fromCreatedToDeleted() {
    change(policy("", ""));
    awaitFloor(6);
    assertThat(reader.value(DEMAND)).as("the floor's, above the live demand").isEqualTo(72);
    assertThat(hold()).isNotEmpty();
    awaitCondition("FloorHeld", "True");
    awaitCondition("DemandKnown", "True");
    assertThat(status().path("observedGeneration").asInt()).isEqualTo(1);

    demand(120);
    await().atMost(PATIENCE).until(() -> reader.value(DEMAND) == 120);
    assertThat(floor()).as("live demand reaches it as a metric").isEqualTo(6);

    change(policy("\"mode\":\"Paused\",", ""));
    awaitFloor(2);
    awaitCondition("Ready", "False");
    assertThat(reader.get(DEMAND).body().toString()).contains("mode Paused");
    assertThat(hold()).isEmpty();

    change(policy("", ""));
    awaitFloor(6);
    change(policy("\"mode\":\"Preview\",", ""));
    awaitFloor(2);
    change(policy("", ""));
    awaitFloor(6);
    change(policy("", "").replace("ExactFloor", "Metric"));
    awaitFloor(2);
    awaitCondition("FloorHeld", "False");

    change(policy("", ""));
    awaitFloor(6);
    change(policy("", ",\"hold\":\"soon\""));
    await()
        .atMost(PATIENCE)
        .until(() -> condition("Ready").path("message").asText().contains("spec.hold"));
    assertThat(floor()).as("a typing error gives no floor back").isEqualTo(6);
    assertThat(reader.get(DEMAND).body().toString()).contains("is refused", "spec.hold");

    cluster.delete(POLICY);
    awaitFloor(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reader.get(DEMAND).status()).isEqualTo(404));
  }

  @Test
  void deletedWhileNobodyLooked_isGivenBackByTheNextProcess() throws IOException {
    change(policy("", ""));
    awaitFloor(6);
    stopAdapter();
    assertThat(floor()).as("held across a restart").isEqualTo(6);

    cluster.delete(POLICY);
    startAdapter();
    awaitFloor(2);
    // The value goes back first, then the note that it was held.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(hold()).isEmpty());
  }

  private static String policy(String first, String last) {
    return """
    {"apiVersion":"agentscale.io/v1alpha1","kind":"ScalingPolicy",
     "metadata":{"name":"coder","namespace":"team","generation":GENERATION},
     "spec":{%s"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"coder"},
             "minReplicas":2,"maxReplicas":20,"actuation":"ExactFloor",
             "demand":{"query":"sum(waiting)","perReplica":"12"},
             "schedules":[{"name":"always","timeZone":"UTC","start":"0 0 * * *","duration":"24h",
                           "replicas":{"floor":6}}]%s}}
    """
        .formatted(first, last);
  }

  private static final String DEPLOYMENT =
      """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"coder","namespace":"team"},
       "spec":{"replicas":4,"selector":{"matchLabels":{"app":"coder"}},
               "template":{"metadata":{"labels":{"app":"coder"}}}}}
      """;
  private static final String AUTOSCALER =
      """
      {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
       "metadata":{"name":"coder","namespace":"team"},
       "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"coder"},
               "minReplicas":2,"maxReplicas":20,
               "metrics":[{"type":"External","external":{
                 "metric":{"name":"agentscale_demand",
                           "selector":{"matchLabels":{"policy":"coder"}}},
                 "target":{"type":"AverageValue","averageValue":"12"}}}]}}
      """;
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod",
       "metadata":{"name":"coder-7d9c-NUMBER","namespace":"team",
                   "creationTimestamp":"2026-03-02T07:59:00Z",
                   "labels":{"app":"coder","pod-template-hash":"7d9c"},
                   "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","uid":"u",
                                       "name":"coder-7d9c","controller":true}]},
       "status":{"phase":"Running",
                 "conditions":[{"type":"Ready","status":"True",
                                "lastTransitionTime":"2026-03-02T08:00:00Z"}]}}
      """;

  private void demand(int value) {
    prometheus.answer(
        "waiting {namespace=\"team\"}",
        "{\"metric\":{},\"value\":[%d,\"%d\"]}".formatted(Instant.now().getEpochSecond(), value));
  }

  private void change(String json) {
    generation++;
    cluster.put(POLICY, json.replace("GENERATION", Integer.toString(generation)));
  }

  private int floor() {
    return cluster.read(HPA).orElseThrow().at("/spec/minReplicas").asInt();
  }

  /** Returns what is remembered on the autoscaler. */
  private String hold() {
    return cluster
        .read(HPA)
        .orElseThrow()
        .path("metadata")
        .path("annotations")
        .path("agentscale.io/held")
        .asText();
  }

  private JsonNode status() {
    return cluster.read(POLICY).map(policy -> policy.path("status")).orElse(JSON.nullNode());
  }

  private JsonNode condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return JSON.missingNode();
  }

  private void awaitCondition(String type, String value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(condition(type).path("status").asText())
                    .as("%s of %s", type, status())
                    .isEqualTo(value));
  }

  private void awaitFloor(int replicas) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(floor()).as("status %s", status()).isEqualTo(replicas));
  }
}
