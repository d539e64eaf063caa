// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An objects file that is misread makes metrics of objects that do not exist, or hides some. */
final class StaticObjectsTest {
  private static final String COPIED_FROM_KUBECTL =
      """
      apiVersion: v1
      items:
      - apiVersion: v1
        kind: Pod
        metadata:
          annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090"}
          creationTimestamp: "2026-01-01T00:00:00Z"
          labels: {app: coder, pod-template-hash: 6d4f}
          name: coder-b
          namespace: agent-prod
          resourceVersion: "17"
        spec:
          containers:
          - name: agent
            resources: {limits: {cpu: 2}}
            ports:
            - {containerPort: 8080, name: http, protocol: TCP}
            - {containerPort: 9090}
        status:
          phase: Running
          podIP: 10.0.0.7
          conditions:
          - {type: Initialized, status: "True", lastProbeTime: null}
          - {type: Ready, status: "False"}
      - apiVersion: v1
        kind: Pod
        metadata: {name: coder-a, namespace: agent-prod, labels: {app: coder}}
      kind: List
      metadata: {resourceVersion: ""}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: coder, namespace: agent-prod}
      ---
      """;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("objects.yaml");
  }

  @Test
  void select_kubectlOutput_findsByLabelOrderedByName() throws IOException {
    try (StaticObjects objects = objects(COPIED_FROM_KUBECTL)) {
      assertThat(names(objects, "pods", "agent-prod", "app=coder"))
          .containsExactly("coder-a", "coder-b");
      assertThat(names(objects, "pods", "agent-prod", "pod-template-hash"))
          .containsExactly("coder-b");
      assertThat(names(objects, "pods", "elsewhere", "")).isEmpty();
      assertThat(names(objects, "deployments.apps", "agent-prod", "")).containsExactly("coder");
      assertThat(objects.isSynced(kind(objects, "pods"))).isTrue();
    }
  }

  @Test
  void pods_kubectlOutput_carryWhatScrapingNeeds() throws IOException {
    try (StaticObjects objects = objects(COPIED_FROM_KUBECTL)) {
      assertThat(objects.pods())
          .extracting(pod -> pod.metadata().name())
          .containsExactly("coder-a", "coder-b");
      Pod pod = objects.pods().get(1);
      assertThat(pod.address()).contains("10.0.0.7");
      assertThat(pod.phase()).contains("Running");
      assertThat(pod.ready()).isFalse();
      assertThat(pod.terminating()).isFalse();
      assertThat(pod.ports())
          .containsExactly(
              new Pod.Port(Optional.of("http"), 8080), new Pod.Port(Optional.empty(), 9090));
      assertThat(pod.metadata().annotations()).containsEntry("prometheus.io/port", "9090");
    }
  }

  @Test
  void select_namespaceOnlyMentioned_exists() throws IOException {
    try (StaticObjects objects = objects(COPIED_FROM_KUBECTL)) {
      assertThat(
              objects.select(
                  kind(objects, "namespaces"), Optional.empty(), LabelSelector.EVERYTHING))
          .extracting(ClusterObject::name)
          .containsExactly("agent-prod");
    }
  }

  @Test
  void resolve_definedInTheFile_knowsTheKind() throws IOException {
    String text =
        """
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
         "metadata": {"name": "crews.example.com"},
         "spec": {"group": "example.com", "scope": "Namespaced", "versions": [{"name": "v2"}],
                  "names": {"plural": "crews", "kind": "Crew"}}}
        ---
        {"apiVersion": "example.com/v2", "kind": "CrewList", "items": [{"metadata": {"name": "a", "namespace": "b"}}]}
        """;
    try (StaticObjects objects = objects(text)) {
      assertThat(names(objects, "crew", "b", "")).containsExactly("a");
      assertThat(kind(objects, "Crews.Example.com").apiVersion()).isEqualTo("example.com/v2");
    }
  }

  @Test
  void reload_changedFile_isFollowed_andABadOneKeepsTheLast() throws IOException {
    try (StaticObjects objects = objects(pod("one"))) {
      Files.writeString(file, pod("two"));
      objects.reload();
      assertThat(names(objects, "pods", "n", "")).containsExactly("two");
      assertThat(objects.error()).isEmpty();

      Files.writeString(file, "kind: [");
      objects.reload();
      objects.reload();
      assertThat(names(objects, "pods", "n", "")).containsExactly("two");
      assertThat(objects.error().orElseThrow()).contains("objects.yaml:").contains("is not YAML");

      Files.delete(file);
      objects.reload();
      assertThat(objects.error().orElseThrow()).contains("cannot be read");

      Files.writeString(file, pod("two"));
      objects.reload();
      assertThat(objects.error()).isEmpty();
    }
  }

  record Refused(String name, String text, String error) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> parse_refuses() {
    return Stream.of(
        new Refused(
            "no name",
            "apiVersion: v1\nkind: Pod\nmetadata: {namespace: n}\n",
            "f:3: metadata: name: must be given"),
        new Refused(
            "no namespace",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: n}\n",
            "f:3: metadata: namespace: must be given"),
        new Refused(
            "no kind", "\napiVersion: v1\nmetadata: {name: n}\n", "f:2: kind: must be given"),
        new Refused(
            "namespaced node",
            "apiVersion: v1\nkind: Node\nmetadata: {name: n, namespace: m}",
            "f:3: metadata.namespace: must be left out, for a Node lives in no namespace"),
        new Refused(
            "number as label",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\n  labels:\n    x: 1\n",
            "f:7: metadata.labels.x: must be a string, was: 1 (put it in quotes)"),
        new Refused(
            "labels as list",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\n  labels: [x]\n",
            "f:6: metadata.labels: must be a mapping, was: a list"),
        new Refused(
            "key twice",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n  namespace: b\n",
            "f:5: metadata.name: must be given once"),
        new Refused(
            "object twice",
            pod("a") + "---\n" + pod("a"),
            "f:7: metadata.name: must be unique, but the same object is given in line 3"),
        new Refused(
            "unknown kind",
            "apiVersion: x/v1\nkind: Y\nmetadata: {name: n}",
            "f:1: kind Y of x/v1 is not known; put its CustomResourceDefinition before it"),
        new Refused(
            "port out of range",
            pod("a") + "spec: {containers: [{ports: [{containerPort: 70000}]}]}",
            "f:4: spec.containers[0].ports[0].containerPort: must be a number from 1 to 65535"),
        new Refused("bare text", "hello", "f:1: must be a mapping, was: a scalar"),
        new Refused(
            "not YAML", "a: b\nc: d: e", "f:2: is not YAML: mapping values are not allowed here"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void parse_refuses(Refused refused) {
    assertThatThrownBy(() -> ObjectsFile.parse("f", refused.text))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessage(refused.error);
  }

  private StaticObjects objects(String text) throws IOException {
    Files.writeString(file, text);
    return StaticObjects.read(file);
  }

  private static String pod(String name) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: n}\n";
  }

  private static ResourceKind kind(ResourceMapper mapper, String name) {
    return mapper.resolve(GroupResource.parse(name)).orElseThrow();
  }

  private static List<String> names(
      StaticObjects objects, String kind, String namespace, String selector) {
    return objects
        .select(kind(objects, kind), Optional.of(namespace), LabelSelector.parse(selector))
        .stream()
        .map(ClusterObject::name)
        .toList();
  }
}
