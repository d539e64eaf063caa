// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.controlplane.TestControlPlane;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.policy.TargetView.MeasuredLead;
import io.agentscale.adapter.workload.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target seen as it is not is scaled as it should not be: replicas that are none, pods that are
 * another's, a conflict nobody told.
 */
final class ClusterTargetsTest {
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/n/deployments/coder";
  private static final String HPAS = "/apis/autoscaling/v2/namespaces/n/horizontalpodautoscalers/";
  private static final String PODS = "/api/v1/namespaces/n/pods/";
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory;
  private final TestControlPlane cluster = new TestControlPlane();
  private volatile Instant now = NOW;
  private final InstantSource clock = () -> now;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private ControlPlane controlPlane;

  @SuppressWarnings("NullAway.Init")
  private ClusterTargets targets;

  @BeforeEach
  void setUp() {
    ClusterConnection connection =
        ClusterConnection.find(Optional.of(cluster.kubeconfig(directory)));
    connection.config().setWatchReconnectInterval(10);
    controlPlane = ControlPlane.connect(connection);
    targets =
        ClusterTargets.follow(
            connection, controlPlane, ResourceMapper.wellKnown(), Set.of(), clock);
  }

  @AfterEach
  void tearDown() {
    targets.close();
    controlPlane.close();
    cluster.close();
  }

  private static PolicyDefinition policy() {
    return new Policies().make();
  }

  private TargetView.Known awaitKnown(Predicate<TargetView.Known> expected) {
    return awaitKnown(policy(), expected);
  }

  private TargetView.Known awaitKnown(
      PolicyDefinition policy, Predicate<TargetView.Known> expected) {
    await()
        .until(
            () -> targets.view(policy) instanceof TargetView.Known known && expected.test(known));
    return (TargetView.Known) targets.view(policy);
  }

  private void awaitUnknown(PolicyDefinition policy, String cause) {
    await()
        .untilAsserted(
            () ->
                assertThat(targets.view(policy))
                    .isInstanceOfSatisfying(
                        TargetView.Unknown.class,
                        unknown -> assertThat(unknown.cause()).contains(cause)));
  }

  private void deployment(int replicas) {
    cluster.put(
        DEPLOYMENT,
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"coder","namespace":"n"},
         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"coder"}},
          "template":{"metadata":{"labels":{"app":"coder"}},
                      "spec":{"containers":[{"name":"app"}]}}}}
        """
            .formatted(replicas));
  }

  private void hpa(String name, String target) {
    cluster.put(
        HPAS + name,
        """
        {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
         "metadata":{"name":"%s","namespace":"n"},
         "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"%s"},
          "minReplicas":2,"maxReplicas":40,"metrics":[{"type":"External","external":{
           "metric":{"name":"agentscale_demand","selector":{"matchLabels":{"policy":"coder"}}},
           "target":{"type":"AverageValue","averageValue":"12"}}}]},
         "status":{"currentReplicas":3,"desiredReplicas":4}}
        """
            .formatted(name, target));
  }

  private static String ready(Instant at) {
    return "{\"type\":\"Ready\",\"status\":\"True\",\"lastTransitionTime\":\"" + at + "\"}";
  }

  private void pod(String name, String owner, Instant created, String condition, String more) {
    cluster.put(
        PODS + name,
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"n",
          "labels":{"app":"coder","pod-template-hash":"7d9"},"creationTimestamp":"%s",
          "ownerReferences":[{"kind":"ReplicaSet","name":"%s","controller":true}]%s},
         "status":{"phase":"Running","conditions":[%s],"containerStatuses":[{"restartCount":0}]}}
        """
            .formatted(name, created, owner, more, condition));
  }

  @Test
  void target_isSeenFromItsCreationToItsEnd() {
    awaitUnknown(policy(), "Deployment/coder does not exist in namespace n");

    deployment(3);
    hpa("coder", "coder");
    pod("a", "coder-7d9", NOW.minusSeconds(300), ready(NOW.minusSeconds(240)), "");
    pod("b", "coder-7d9", NOW.minusSeconds(30), "", "");
    TargetView.Known known =
        awaitKnown(view -> view.readyReplicas() == 1 && !view.autoscalers().isEmpty());
    assertThat(known.replicas()).isEqualTo(3);
    assertThat(known.pods().matches(Map.of("app", "coder"))).isTrue();
    assertThat(known.lead()).contains(new MeasuredLead(Duration.ofSeconds(60), 1));
    assertThat(known.autoscalers())
        .containsExactly(
            new AutoscalerView(
                "HorizontalPodAutoscaler",
                "coder",
                2,
                40,
                3,
                4,
                Optional.empty(),
                List.of()));
    assertThat(known.obstacles()).isEmpty();

    pod("b", "coder-7d9", NOW.minusSeconds(30), ready(NOW.plusSeconds(90)), "");
    assertThat(awaitKnown(view -> view.readyReplicas() == 2).lead())
        .contains(new MeasuredLead(Duration.ofMinutes(2), 2));

    cluster.delete(PODS + "a");
    awaitKnown(view -> view.readyReplicas() == 1);
    cluster.delete(DEPLOYMENT);
    awaitUnknown(policy(), "does not exist");
  }

  @Test
  void onlyItsOwnPodsCount_andNoneThatLeaves() {
    deployment(3);
    pod("own", "coder-7d9", NOW, ready(NOW), "");
    pod("anothers", "coder-blue-7d9", NOW, ready(NOW), "");
    pod("leaving", "coder-7d9", NOW, ready(NOW), ",\"deletionTimestamp\":\"" + NOW + "\"");
    pod("last", "coder-7d9", NOW, ready(NOW), "");

    awaitKnown(view -> view.readyReplicas() == 2);
    cluster.delete(PODS + "last");
    awaitKnown(view -> view.readyReplicas() == 1);
  }

  @Test
  void conflictsAndTraps_areObstacles_untilTheyAreGone() {
    deployment(2);
    hpa("coder", "coder");
    hpa("second", "coder");
    hpa("unrelated", "writer");
    assertThat(awaitKnown(view -> view.autoscalers().size() == 2).obstacles())
        .anyMatch(told -> told.startsWith("HorizontalPodAutoscaler n/second: scales Deployment"))
        .anyMatch(told -> told.contains("asks for 2 replicas and has no pod"));

    cluster.delete(HPAS + "second");
    pod("a", "coder-7d9", NOW, ready(NOW), "");
    awaitKnown(view -> view.obstacles().isEmpty());

    cluster.put(
        "/apis/policy/v1/namespaces/n/poddisruptionbudgets/all",
        """
        {"apiVersion":"policy/v1","kind":"PodDisruptionBudget",
         "metadata":{"name":"all","namespace":"n"},
         "spec":{"maxUnavailable":0,"selector":{"matchLabels":{"app":"coder"}}}}
        """);
    awaitKnown(view -> view.obstacles().toString().contains("cannot be drained"));

    var _ = targets.view(new Policies().named("other").make());
    awaitKnown(view -> view.obstacles().toString().contains("ScalingPolicy n/other: scales"));
    now = now.plus(Duration.ofMinutes(3));
    awaitKnown(view -> !view.obstacles().toString().contains("ScalingPolicy n/other"));
  }

  @Test
  void scaledObject_andItsHpa_areOneAutoscaler() {
    deployment(2);
    hpa("keda-hpa-so", "coder");
    cluster.put(
        "/apis/keda.sh/v1alpha1/namespaces/n/scaledobjects/so",
        """
        {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject",
         "metadata":{"name":"so","namespace":"n"},
         "spec":{"scaleTargetRef":{"name":"coder"},"minReplicaCount":1,
                 "triggers":[{"type":"external","metadata":{}}]},
         "status":{"hpaName":"keda-hpa-so"}}
        """);

    assertThat(awaitKnown(view -> view.autoscalers().toString().contains("ScaledObject")))
        .satisfies(
            known ->
                assertThat(known.autoscalers())
                    .singleElement()
                    .satisfies(
                        autoscaler -> {
                          assertThat(autoscaler.minReplicas()).isEqualTo(1);
                          assertThat(autoscaler.desiredReplicas()).isEqualTo(4);
                        }));
  }

  @Test
  void unplacedPods_areToldInTheSchedulersWords() {
    deployment(2);
    hpa("coder", "coder");
    pod("a", "coder-7d9", NOW, ready(NOW), "");
    pod(
        "b",
        "coder-7d9",
        NOW.minusSeconds(120),
        """
        {"type":"PodScheduled","status":"False","reason":"Unschedulable",
         "message":"0/3 nodes are available: 3 Insufficient nvidia.com/gpu."}""",
        "");

    assertThat(awaitKnown(view -> !view.obstacles().isEmpty()).obstacles())
        .singleElement()
        .asString()
        .contains("no node takes b, for 2 minutes now", "Insufficient nvidia.com/gpu", "add nodes");
  }

  @Test
  void watchThatEnds_isTakenUpAgain() {
    deployment(2);
    awaitKnown(view -> view.replicas() == 2);

    cluster.endWatches();
    deployment(7);
    awaitKnown(view -> view.replicas() == 7);
  }

  @Test
  void deadApiServer_isHeldForAWhile_thenTheTargetIsUnknown() {
    deployment(2);
    awaitKnown(view -> view.replicas() == 2);

    cluster.failure = Optional.of(503);
    cluster.endWatches();
    await().until(() -> targets.status().values().stream().allMatch(s -> s.failure().isPresent()));
    assertThat(targets.view(policy())).isInstanceOf(TargetView.Known.class);
    now = now.plus(FollowedKinds.HELD);
    awaitUnknown(policy(), "HTTP 503");

    cluster.failure = Optional.empty();
    awaitKnown(view -> view.replicas() == 2);
  }

  @Test
  void otherKinds_arePolled_andSaySoWhenTheyMayNotBe() {
    PolicyDefinition rollout =
        new Policies().scaling("argoproj.io/v1alpha1", "Rollout", "coder").make();
    awaitUnknown(rollout, "rollouts/scale is forbidden");

    PolicyDefinition strange = new Policies().scaling("x.io/v1", "Gadget", "coder").make();
    awaitUnknown(strange, "the cluster has no kind Gadget of x.io/v1");
  }
}
