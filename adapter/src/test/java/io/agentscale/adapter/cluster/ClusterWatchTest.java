// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** KEDA may be installed after us, or never: neither may look like an error, nor hide one. */
final class ClusterWatchTest {
  private static final ResourceKind KIND =
      WellKnownKinds.namespaced("keda.sh/v1alpha1", "scaledobjects", "ScaledObject");
  private static final String PATH = "/apis/keda.sh/v1alpha1/scaledobjects";

  private final FakeApiServer api = new FakeApiServer();
  private final Map<String, JsonNode> kept = new ConcurrentHashMap<>();
  private final ClusterWatch watch =
      ClusterWatch.connect(api.connection(), Set.of(), InstantSource.system());

  @AfterEach
  void tearDown() {
    watch.close();
    api.close();
  }

  private void follow() {
    watch.follow(
        KIND,
        new ClusterWatch.Keeper() {
          @Override
          public void keep(JsonNode object) {
            if (object.at("/metadata/name").asText().equals("odd")) {
              throw new IllegalStateException("not understood");
            }
            kept.put(object.at("/metadata/name").asText(), object);
          }

          @Override
          public void forget(String namespace, String name) {
            kept.remove(name);
          }
        });
  }

  private static String object(String name, int version) {
    return """
    {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"%s",
     "namespace":"n","uid":"u","resourceVersion":"%d"},"spec":{"maxReplicaCount":%d}}
    """
        .formatted(name, version, version)
        .replace("\n", "");
  }

  private Optional<FollowStatus.Failure> failure() {
    return watch.status(KIND).orElseThrow().failure();
  }

  private int maxReplicas(String name) {
    return kept.getOrDefault(name, MissingNode.getInstance()).at("/spec/maxReplicaCount").asInt();
  }

  @Test
  void kindThatIsNotInstalled_isFollowedOnceItIs() {
    assertThat(watch.status(KIND)).isEmpty();
    follow();
    await().until(() -> failure().filter(FollowStatus.Failure::isNotInstalled).isPresent());

    api.documents.put(
        PATH,
        """
        {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObjectList",
         "metadata":{"resourceVersion":"1"},"items":[%s]}
        """
            .formatted(object("odd", 1) + "," + object("a", 1)));
    await().until(() -> kept.containsKey("a"));
    await().until(() -> watch.status(KIND).orElseThrow().synced() && failure().isEmpty());

    api.watchEvents.add("{\"type\":\"MODIFIED\",\"object\":" + object("a", 9) + "}");
    await().until(() -> maxReplicas("a") == 9);
    api.watchEvents.add("{\"type\":\"DELETED\",\"object\":" + object("a", 10) + "}");
    await().until(kept::isEmpty);
  }

  @Test
  void kindThatMayNotBeRead_isNotTakenForOneThatIsNotThere() {
    api.failure = Optional.of(403);
    follow();

    await().until(() -> failure().isPresent());
    assertThat(failure().orElseThrow().isNotInstalled()).isFalse();
    assertThat(failure().get().httpStatus()).isEqualTo(403);
  }
}
