// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentscale.adapter.config.AdapterConfig;
import io.agentscale.adapter.controlplane.Cluster;
import io.agentscale.adapter.controlplane.MockedCluster;
import io.agentscale.adapter.controlplane.ProcessLine;
import io.agentscale.adapter.controlplane.TestControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ThrowingRunnable;

/**
 * A workload with its autoscaler in a cluster, a Prometheus that knows its demand, the policy
 * {@code coder} for it, and our process, which can be stopped and killed.
 */
final class PolicyLife implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String DEMAND =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/team/agentscale_demand"
          + "?labelSelector=policy%3Dcoder";
  static final String POLICY = "/apis/agentscale.io/v1alpha1/namespaces/team/scalingpolicies/coder";
  private static final String POLICIES = "/apis/agentscale.io/v1alpha1/scalingpolicies";
  static final String HPA = "/apis/autoscaling/v2/namespaces/team/horizontalpodautoscalers/coder";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/agentscale-system/leases/agentscale";
  private static final JsonMapper JSON = new JsonMapper();

  /** The clusters there are to run in. */
  enum Kind {
    /** With the permissions we ship. */
    OUR_CONTROL_PLANE,
    FABRIC8_CRUD_MOCK;

    private Cluster start() {
      return switch (this) {
        case OUR_CONTROL_PLANE -> {
          TestControlPlane cluster = new TestControlPlane();
          cluster.roles.add("actuation");
          yield cluster;
        }
        case FABRIC8_CRUD_MOCK -> new MockedCluster();
      };
    }
  }

  final Cluster cluster;
  private final Path directory;
  private final FakePrometheus prometheus;
  private int generation;
  private ProcessLine line;
  private Adapter adapter;
  MetricsReader reader;

  /** Starts the cluster, and our process in it. */
  PolicyLife(Kind kind, Path directory) throws IOException {
    this.directory = directory;
    cluster = kind.start();
    prometheus = new FakePrometheus();
    demand(30);
    cluster.put("/apis/apps/v1/namespaces/team/deployments/coder", DEPLOYMENT);
    cluster.put(HPA, AUTOSCALER);
    for (int i = 0; i < 4; i++) {
      String name = "coder-7d9c-" + i;
      cluster.put("/api/v1/namespaces/team/pods/" + name, POD.replace("NAME", name));
    }
    startProcess();
  }

  void startProcess() throws IOException {
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
    line = new ProcessLine(cluster);
    Path kubeconfig = line.kubeconfig(directory);
    adapter = Adapter.start(config, Optional.of(kubeconfig), InstantSource.system());
    reader = new MetricsReader(adapter);
  }

  void stopProcess() {
    reader.close();
    adapter.close();
    line.close();
  }

  /** Ends our process as a power cut does. Its Lease has run out when the next one starts. */
  void killProcess() {
    line.cut();
    stopProcess();
    cluster.delete(LEASE);
  }

  /** Our process will be killed by a write of its own that is yet to come. */
  void killAt(ProcessLine.Fatal write) {
    line.cutAt(write);
  }

  boolean isKilled() {
    return line.isCut();
  }

  @Override
  public void close() {
    stopProcess();
    prometheus.close();
    cluster.close();
  }

  static String policy(String first, String last) {
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
       "metadata":{"name":"NAME","namespace":"team",
                   "creationTimestamp":"2026-03-02T07:59:00Z",
                   "labels":{"app":"coder","pod-template-hash":"7d9c"},
                   "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","uid":"u",
                                       "name":"coder-7d9c","controller":true}]},
       "status":{"phase":"Running",
                 "conditions":[{"type":"Ready","status":"True",
                                "lastTransitionTime":"2026-03-02T08:00:00Z"}]}}
      """;

  void demand(int value) {
    prometheus.answer(
        "waiting {namespace=\"team\"}",
        "{\"metric\":{},\"value\":[%d,\"%d\"]}".formatted(Instant.now().getEpochSecond(), value));
  }

  void change(String json) {
    generation++;
    cluster.put(POLICY, json.replace("GENERATION", Integer.toString(generation)));
  }

  int floor() {
    return cluster.read(HPA).orElseThrow().at("/spec/minReplicas").asInt();
  }

  /** Returns what is remembered on the autoscaler. */
  String hold() {
    return cluster
        .read(HPA)
        .orElseThrow()
        .path("metadata")
        .path("annotations")
        .path("agentscale.io/held")
        .asText();
  }

  JsonNode status() {
    return cluster.read(POLICY).map(policy -> policy.path("status")).orElse(JSON.nullNode());
  }

  JsonNode condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return JSON.missingNode();
  }

  void awaitCondition(String type, String value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(condition(type).path("status").asText())
                    .as("%s of %s", type, status())
                    .isEqualTo(value));
  }

  void awaitFloor(int replicas) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(floor()).as("status %s", status()).isEqualTo(replicas));
  }

  /** The values go back first, then the note that they were held. */
  void awaitGivenBack() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(hold()).isEmpty());
  }

  /** Waits until our process is killed, or a state is reached. */
  void awaitKilledOr(BooleanSupplier reached) {
    await().atMost(PATIENCE).until(() -> isKilled() || reached.getAsBoolean());
  }

  /** Waits until a process that was just started leads, and has decided where there is a policy. */
  void awaitDecided() {
    await().atMost(PATIENCE).until(() -> cluster.read(LEASE).isPresent() && line.watches(POLICIES));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.read(POLICY).isEmpty()
                    || !adapter.policies().all().isEmpty()
                    || condition("Ready").path("message").asText().contains("spec."));
  }

  /** Tells whether the status is about the policy as it is now; so is that of none. */
  boolean isReported() {
    return cluster
        .read(POLICY)
        .map(p -> p.at("/metadata/generation").equals(p.at("/status/observedGeneration")))
        .orElse(true);
  }

  /** Waits until all that is asserted holds. */
  static void patiently(ThrowingRunnable asserted) {
    await().atMost(PATIENCE).untilAsserted(asserted);
  }
}
