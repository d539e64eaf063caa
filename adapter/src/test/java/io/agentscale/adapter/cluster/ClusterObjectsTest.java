// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Objects that lag behind the cluster give a pod's value to an autoscaler that no longer has it.
 */
@EnableKubernetesMockClient(https = false, crud = true)
final class ClusterObjectsTest {
  private static final ResourceKind PODS = kind("pods");

  // Set by the extension.
  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  @Test
  void select_firstQuestionAboutAKind_startsToFollowIt() {
    create("a", "coder");
    create("b", "other");
    try (ClusterObjects objects = connect(Set.of())) {
      assertThat(objects.status()).isEmpty();
      assertThat(objects.isSynced(PODS)).isFalse();

      await().until(() -> objects.isSynced(PODS));
      assertThat(names(objects, "app=coder")).containsExactly("a");
      assertThat(names(objects, "")).containsExactly("a", "b");
      assertThat(objects.status()).containsOnlyKeys("pods");
    }
  }

  @Test
  void select_restrictedToANamespace_seesNoOther() {
    create("a", "coder");
    client.pods().resource(pod("elsewhere", "b", "coder")).create();
    try (ClusterObjects objects = connect(Set.of("n"))) {
      await().until(() -> objects.isSynced(PODS));
      assertThat(objects.select(PODS, Optional.empty(), LabelSelector.EVERYTHING))
          .extracting(ClusterObject::name)
          .containsExactly("a");
    }
  }

  @Test
  void pods_areTrimmedToWhatScrapingNeeds() {
    client
        .pods()
        .resource(
            new PodBuilder(pod("n", "a", "coder"))
                .withNewSpec()
                .addNewContainer()
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.9")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .create();
    try (ClusterPods pods = ClusterPods.follow(connection(), Set.of(), InstantSource.system())) {
      await().until(pods::arePodsSynced);
      assertThat(pods.pods())
          .singleElement()
          .satisfies(
              pod -> {
                assertThat(pod.address()).contains("10.0.0.9");
                assertThat(pod.ready()).isTrue();
                assertThat(pod.ports()).containsExactly(new Pod.Port(Optional.of("http"), 8080));
                assertThat(pod.metadata().labels()).containsEntry("app", "coder");
              });
    }
  }

  private void create(String name, String app) {
    client.pods().resource(pod("n", name, app)).create();
  }

  private static io.fabric8.kubernetes.api.model.Pod pod(
      String namespace, String name, String app) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(Map.of("app", app))
        .endMetadata()
        .build();
  }

  private ClusterConnection connection() {
    return new ClusterConnection(client.getConfiguration(), "mock server");
  }

  private ClusterObjects connect(Set<String> namespaces) {
    return ClusterObjects.connect(connection(), namespaces, InstantSource.system());
  }

  private static List<String> names(ClusterObjects objects, String selector) {
    return objects.select(PODS, Optional.of("n"), LabelSelector.parse(selector)).stream()
        .map(ClusterObject::name)
        .toList();
  }

  private static ResourceKind kind(String name) {
    return WellKnownKinds.ALL.resolve(GroupResource.parse(name)).orElseThrow();
  }
}
