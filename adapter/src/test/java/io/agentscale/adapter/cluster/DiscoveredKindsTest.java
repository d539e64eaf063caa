// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.cluster.FakeApiServer.Request;
import io.agentscale.apiservice.provider.GroupResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kind installed after us must be found, and one that does not exist must not cost a storm. */
final class DiscoveredKindsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApiServer server = new FakeApiServer();
  private final DiscoveredKinds kinds = DiscoveredKinds.connect(server.connection(), now::get);

  @BeforeEach
  void serve() {
    server.documents.put(
        "/apis", groups("apps/v1", "custom.metrics.k8s.io/v1beta2", "x.io/v2", "y.io/v1"));
    server.documents.put("/apis/apps/v1", resources("apps/v1", "deployments", "Deployment"));
    server.documents.put("/apis/x.io/v2", resources("x.io/v2", "crews", "Crew"));
    server.documents.put("/apis/y.io/v1", resources("y.io/v1", "crews", "Crew"));
  }

  @AfterEach
  void stop() {
    kinds.close();
    server.close();
  }

  @Test
  void resolve_kindOfEveryCluster_asksNobody() {
    assertThat(resolve("Deployment")).map(ResourceKind::apiVersion).contains("apps/v1");
    assertThat(resolve("pod")).isPresent();
    assertThat(server.requests).isEmpty();
  }

  @Test
  void resolve_qualified_readsItsGroupAlone_once() {
    assertThat(resolve("Crew.x.io"))
        .contains(WellKnownKinds.namespaced("x.io/v2", "crews", "Crew"));
    assertThat(resolve("crews.x.io")).isPresent();
    assertThat(paths()).containsExactly("/apis", "/apis/x.io/v2");
  }

  @Test
  void resolve_bare_firstGroupOfTheServerWins_andMetricsAreNoKinds() {
    assertThat(resolve("crews")).map(ResourceKind::apiVersion).contains("x.io/v2");
    assertThat(paths()).containsExactly("/apis", "/apis/apps/v1", "/apis/x.io/v2", "/apis/y.io/v1");
  }

  @Test
  void resolve_unknownThenInstalled_isFoundAfterThePauseAndNotBefore() {
    assertThat(resolve("ships")).isEmpty();
    server.documents.put("/apis", groups("apps/v1", "x.io/v2", "z.io/v1"));
    server.documents.put("/apis/z.io/v1", resources("z.io/v1", "ships", "Ship"));
    server.requests.clear();

    assertThat(resolve("ships")).isEmpty();
    assertThat(server.requests).isEmpty();

    now.updateAndGet(instant -> instant.plus(DiscoveredKinds.PAUSE));
    assertThat(resolve("ships")).map(ResourceKind::apiVersion).contains("z.io/v1");
  }

  @Test
  void resolve_oneGroupsServerDown_hidesNoOther_andKeepsWhatIsKnown() {
    server.documents.remove("/apis/x.io/v2");
    assertThat(resolve("crews")).map(ResourceKind::apiVersion).contains("y.io/v1");

    now.updateAndGet(instant -> instant.plus(DiscoveredKinds.PAUSE));
    server.failure = Optional.of(503);
    server.requests.clear();
    assertThat(resolve("ships")).isEmpty();
    assertThat(paths()).containsOnly("/apis");
    assertThat(resolve("crews.y.io")).isPresent();
  }

  private Optional<ResourceKind> resolve(String name) {
    return kinds.resolve(GroupResource.parse(name));
  }

  private List<String> paths() {
    return server.requests.stream().map(Request::path).toList();
  }

  private static String groups(String... apiVersions) {
    StringBuilder text = new StringBuilder("{\"kind\":\"APIGroupList\",\"groups\":[");
    for (String apiVersion : apiVersions) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
          .append("{\"name\":\"%s\",".formatted(WellKnownKinds.group(apiVersion)))
          .append("\"preferredVersion\":{\"groupVersion\":\"%s\"}}".formatted(apiVersion));
    }
    return text + "]}";
  }

  private static String resources(String apiVersion, String plural, String kind) {
    return """
    {"kind":"APIResourceList","groupVersion":"%s","resources":[
     {"name":"%s","singularName":"","kind":"%s","namespaced":true,"verbs":["list"]},
     {"name":"%s/status","singularName":"","kind":"%s","namespaced":true,"verbs":["get"]}]}
    """
        .formatted(apiVersion, plural, kind, plural, kind);
  }
}
