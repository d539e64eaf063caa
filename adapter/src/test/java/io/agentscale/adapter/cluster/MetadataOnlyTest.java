// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.cluster.FakeApiServer.Request;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The metadata-only form is a matter of one header on the wire, which the client library knows
 * nothing of; and an API server that is away must neither empty the index nor go unnoticed.
 */
final class MetadataOnlyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DEPLOYMENTS_PATH = "/apis/apps/v1/deployments";
  private static final ResourceKind DEPLOYMENTS =
      WellKnownKinds.ALL.resolve(GroupResource.parse("deployments.apps")).orElseThrow();

  private final FakeApiServer server = new FakeApiServer();
  private final ClusterObjects objects =
      ClusterObjects.connect(server.connection(), Set.of(), InstantSource.fixed(NOW));

  @BeforeEach
  void list() {
    server.documents.put(DEPLOYMENTS_PATH, list("10", "a"));
  }

  @AfterEach
  void stop() {
    objects.close();
    server.close();
  }

  @Test
  void wire_listAndWatch_askForMetadataOnly() {
    await().until(() -> names().equals(List.of("a")));
    await().until(() -> server.requests.stream().anyMatch(Request::isWatch));

    assertThat(server.requests).extracting(Request::path).containsOnly(DEPLOYMENTS_PATH);
    for (Request request : server.requests) {
      assertThat(request.accept())
          .isEqualTo(
              request.isWatch()
                  ? "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"
                  : "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
    }
  }

  @Test
  void watch_addUpdateDelete_isFollowed() {
    await().until(() -> names().equals(List.of("a")));

    server.watchEvents.add(event("ADDED", "11", "b"));
    await().until(() -> names().equals(List.of("a", "b")));

    server.watchEvents.add(event("MODIFIED", "12", "b").replace("\"app\":\"x\"", "\"app\":\"y\""));
    await().until(() -> select("app=y").equals(List.of("b")));
    assertThat(select("app=x")).containsExactly("a");

    server.watchEvents.add(event("DELETED", "13", "a"));
    await().until(() -> names().equals(List.of("b")));
  }

  @Test
  void watch_dropped_andItsVersionGone_listsAnew() {
    await().until(() -> names().equals(List.of("a")));
    await().until(() -> server.requests.stream().anyMatch(Request::isWatch));

    server.documents.put(DEPLOYMENTS_PATH, list("20", "c"));
    server.watchEvents.add(
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
            + "\"reason\":\"Expired\",\"message\":\"too old resource version\",\"code\":410}}");
    server.watchEvents.add(FakeApiServer.END);

    await().until(() -> names().equals(List.of("c")));
  }

  @Test
  void status_serverAway_keepsTheLastKnownAndTellsSinceWhen() {
    await().until(() -> names().equals(List.of("a")));
    assertThat(objects.status().get("deployments.apps"))
        .isEqualTo(new FollowStatus(true, Optional.empty()));

    server.failure = Optional.of(503);
    server.watchEvents.add(FakeApiServer.END);
    await().until(() -> failure().isPresent());
    assertThat(failure().orElseThrow().since()).isEqualTo(NOW);
    assertThat(failure().orElseThrow().cause()).contains("503").contains(DEPLOYMENTS_PATH);
    assertThat(names()).containsExactly("a");
    assertThat(objects.isSynced(DEPLOYMENTS)).isTrue();

    server.failure = Optional.empty();
    await().until(() -> failure().isEmpty());
  }

  @Test
  void isSynced_neverListed_isFalseUntilTheServerAnswers() {
    server.failure = Optional.of(403);
    assertThat(objects.isSynced(DEPLOYMENTS)).isFalse();
    await().until(() -> failure().isPresent());
    assertThat(objects.isSynced(DEPLOYMENTS)).isFalse();

    server.failure = Optional.empty();
    await().until(() -> objects.isSynced(DEPLOYMENTS));
    assertThat(names()).containsExactly("a");
  }

  private Optional<FollowStatus.Failure> failure() {
    FollowStatus status = objects.status().get("deployments.apps");
    return status == null ? Optional.empty() : status.failure();
  }

  private List<String> names() {
    return select("");
  }

  private List<String> select(String selector) {
    return objects.select(DEPLOYMENTS, Optional.of("n"), LabelSelector.parse(selector)).stream()
        .map(ClusterObject::name)
        .toList();
  }

  private static String list(String version, String... names) {
    return "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
        + "{\"resourceVersion\":\"%s\"},\"items\":[".formatted(version)
        + Arrays.stream(names).map(name -> object(version, name)).collect(Collectors.joining(","))
        + "]}";
  }

  private static String event(String type, String version, String name) {
    return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object(version, name));
  }

  private static String object(String version, String name) {
    return """
    {"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":\
    {"name":"%s","namespace":"n","uid":"%s","resourceVersion":"%s","labels":{"app":"x"}}}"""
        .formatted(name, name, version);
  }
}
