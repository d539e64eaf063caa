// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    return of(client, kind, namespaces, Optional.empty());
  }

  /**
   * Returns what to list and watch, by the path it is listed at.
   *
   * @param namespaces the only ones we may read; all when empty
   * @param label that the objects must have; all when absent
   */
  static Map<String, Informable<GenericKubernetesResource>> of(
      KubernetesClient client, ResourceKind kind, Set<String> namespaces, Optional<String> label) {
    var resources = client.genericKubernetesResources(context(kind));
    String root = kind.resource().group().isEmpty() ? "/api/" : "/apis/";
    String api = root + kind.apiVersion();
    String plural = "/" + kind.resource().resource();
    Map<String, Informable<GenericKubernetesResource>> places = new LinkedHashMap<>();
    if (!kind.namespaced()) {
      places.put(api + plural, resources);
    } else if (namespaces.isEmpty()) {
      places.put(api + plural, labelled(resources.inAnyNamespace(), label));
    } else {
      for (String namespace : namespaces) {
        places.put(
            api + "/namespaces/" + namespace + plural,
            labelled(resources.inNamespace(namespace), label));
      }
    }
    return places;
  }

  private static <R> Informable<GenericKubernetesResource> labelled(
      FilterWatchListDeletable<GenericKubernetesResource, GenericKubernetesResourceList, R> place,
      Optional<String> label) {
    return label.<Informable<GenericKubernetesResource>>map(place::withLabel).orElse(place);
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
