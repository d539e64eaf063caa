// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * What a cluster has in some namespaces.
 *
 * @param objects of the kinds that matter
 * @param gaps kinds that could not be read, with the cause
 */
record LiveObjects(List<JsonNode> objects, List<String> gaps) {

  private record Kind(String apiVersion, String plural, String kind) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("apps/v1", "deployments", "Deployment"),
          new Kind("apps/v1", "statefulsets", "StatefulSet"),
          new Kind("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
          new Kind("keda.sh/v1alpha1", "scaledobjects", "ScaledObject"),
          new Kind("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"),
          new Kind("autoscaling.k8s.io/v1", "verticalpodautoscalers", "VerticalPodAutoscaler"));

  /** Lists them; a kind that is not installed has none. */
  static LiveObjects read(ControlPlane cluster, Set<String> namespaces) {
    List<JsonNode> objects = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (String namespace : namespaces) {
      for (Kind kind : KINDS) {
        try {
          objects.addAll(list(cluster, namespace, kind));
        } catch (CompletionException e) {
          if (!(e.getCause() instanceof ControlPlaneException refused && refused.isNotFound())) {
            gaps.add("%s not read: %s".formatted(kind.plural, e.getCause()));
          }
        }
      }
    }
    return new LiveObjects(objects, gaps);
  }

  private static List<JsonNode> list(ControlPlane cluster, String namespace, Kind kind) {
    String path = "/apis/%s/namespaces/%s/%s".formatted(kind.apiVersion, namespace, kind.plural);
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode item : cluster.get(path).toCompletableFuture().join().path("items")) {
      // The items of a list leave these out.
      items.add(((ObjectNode) item).put("apiVersion", kind.apiVersion).put("kind", kind.kind));
    }
    return items;
  }
}
