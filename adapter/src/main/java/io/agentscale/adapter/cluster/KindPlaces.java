// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where the objects of a kind are listed and watched. */
final class KindPlaces {
  private KindPlaces() {}

  /**
   * Returns what to list and watch, by the path it is listed at.
   *
   * @param namespaces the only ones we may read; all when empty
   */
  static Map<String, Informable<GenericKubernetesResource>> of(
      KubernetesClient client, ResourceKind kind, Set<String> namespaces) {
    var resources = client.genericKubernetesResources(context(kind));
    String root = kind.resource().group().isEmpty() ? "/api/" : "/apis/";
    String api = root + kind.apiVersion();
    String plural = "/" + kind.resource().resource();
    Map<String, Informable<GenericKubernetesResource>> places = new LinkedHashMap<>();
    if (!kind.namespaced()) {
      places.put(api + plural, resources);
    } else if (namespaces.isEmpty()) {
      places.put(api + plural, resources.inAnyNamespace());
    } else {
      for (String namespace : namespaces) {
        places.put(api + "/namespaces/" + namespace + plural, resources.inNamespace(namespace));
      }
    }
    return places;
  }

  private static ResourceDefinitionContext context(ResourceKind kind) {
    String group = kind.resource().group();
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(kind.apiVersion().substring(group.isEmpty() ? 0 : group.length() + 1))
        .withKind(kind.kind())
        .withPlural(kind.resource().resource())
        .withNamespaced(kind.namespaced())
        .build();
  }
}
