// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.apiservice.provider.GroupResource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever may not read a kind must be told why, and one odd object must not hide the others. */
final class ClusterManifestsTest {
  private static final String PATH = "/apis/autoscaling/v2/horizontalpodautoscalers";
  private static final ResourceKind KIND =
      ResourceMapper.wellKnown()
          .resolve(new GroupResource("autoscaling", "horizontalpodautoscalers"))
          .orElseThrow();

  private final FakeApiServer api = new FakeApiServer();
  private final Map<String, JsonNode> known = new ConcurrentHashMap<>();
  private final ClusterManifests.Listener listener =
      new ClusterManifests.Listener() {
        @Override
        public void keep(ClusterObject object, JsonNode manifest) {
          if (object.name().equals("odd")) {
            throw new IllegalStateException("not understood");
          }
          known.put(object.namespace().orElseThrow() + "/" + object.name(), manifest);
        }

        @Override
        public void forget(ClusterObject object) {
          known.remove(object.namespace().orElseThrow() + "/" + object.name());
        }
      };

  @AfterEach
  void tearDown() {
    api.close();
  }

  private static String autoscaler(String name, int maxReplicas) {
    return """
    {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"%s",
     "namespace":"team","uid":"u-%s","resourceVersion":"%d"},"spec":{"maxReplicas":%d}}
    """
        .formatted(name, name, maxReplicas, maxReplicas)
        .replace("\n", "");
  }

  private static String event(String type, String object) {
    return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
  }

  private void list(String... items) {
    api.documents.put(
        PATH,
        "{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscalerList\","
            + "\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
            + String.join(",", items)
            + "]}");
  }

  private ClusterManifests follow() {
    return ClusterManifests.follow(
        api.connection(), KIND, Set.of(), InstantSource.system(), listener);
  }

  private int maxReplicas(String name) {
    JsonNode manifest = known.get("team/" + name);
    return manifest == null ? 0 : manifest.at("/spec/maxReplicas").asInt();
  }

  @Test
  void objects_areToldWhole_asTheyComeChangeAndGo() {
    list(autoscaler("odd", 1), autoscaler("web", 3));
    try (ClusterManifests manifests = follow()) {
      await().until(() -> manifests.status().synced());
      assertThat(known).containsOnlyKeys("team/web");
      assertThat(maxReplicas("web")).isEqualTo(3);

      api.watchEvents.add(event("MODIFIED", autoscaler("web", 5)));
      await().until(() -> maxReplicas("web") == 5);
      api.watchEvents.add(event("ADDED", autoscaler("api", 7)));
      await().until(() -> known.containsKey("team/api"));
      api.watchEvents.add(event("DELETED", autoscaler("web", 5)));
      await().until(() -> !known.containsKey("team/web"));
      assertThat(manifests.status()).isEqualTo(new FollowStatus(true, Optional.empty()));
    }
  }

  @Test
  void kindWeMayNotRead_isAReason_untilWeMay() {
    api.failure = Optional.of(403);
    try (ClusterManifests manifests = follow()) {
      await().until(() -> manifests.status().failure().isPresent());
      assertThat(manifests.status().synced()).isFalse();
      assertThat(manifests.status().failure().orElseThrow().cause())
          .isEqualTo("HTTP 403 from " + PATH);

      list(autoscaler("web", 3));
      api.failure = Optional.empty();
      await().until(() -> known.containsKey("team/web"));
      await().until(() -> manifests.status().failure().isEmpty());
    }
  }
}
