// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.adapter.cluster.Pod.Port;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a cluster with what it takes to scrape them. They are listed whole, since addresses
 * and ports are no metadata, and trimmed before they are kept: to be started only where pods are
 * scraped.
 */
public final class ClusterPods implements PodIndex, AutoCloseable {
  private final KubernetesClient client;
  private final Kept kept = new Kept();
  private final FollowedKind<io.fabric8.kubernetes.api.model.Pod> followed;

  private ClusterPods(KubernetesClient client, Set<String> namespaces, ContactLog contacts) {
    this.client = client;
    this.followed =
        FollowedKind.start(
            places(client, namespaces),
            io.fabric8.kubernetes.api.model.Pod.class,
            client.getKubernetesSerialization(),
            kept,
            contacts);
  }

  /**
   * Starts to follow the pods.
   *
   * @param namespaces the only ones we may read; all when empty
   */
  public static ClusterPods follow(
      ClusterConnection connection, Set<String> namespaces, InstantSource clock) {
    ContactLog contacts = new ContactLog(clock);
    return new ClusterPods(connection.client(contacts), namespaces, contacts);
  }

  @Override
  public List<Pod> pods() {
    return List.copyOf(kept.pods.values());
  }

  @Override
  public boolean arePodsSynced() {
    return followed.isSynced();
  }

  public FollowStatus status() {
    return followed.status();
  }

  @Override
  public void close() {
    followed.close();
    client.close();
  }

  private static Map<String, Informable<io.fabric8.kubernetes.api.model.Pod>> places(
      KubernetesClient client, Set<String> namespaces) {
    Map<String, Informable<io.fabric8.kubernetes.api.model.Pod>> places = new LinkedHashMap<>();
    if (namespaces.isEmpty()) {
      places.put("/api/v1/pods", client.pods().inAnyNamespace());
    }
    for (String namespace : namespaces) {
      places.put("/api/v1/namespaces/" + namespace + "/pods", client.pods().inNamespace(namespace));
    }
    return places;
  }

  /** The trimmed pods. */
  private static final class Kept
      implements WatchedStore.Keeper<io.fabric8.kubernetes.api.model.Pod> {
    private record Key(String namespace, String name) {}

    private final ConcurrentSkipListMap<Key, Pod> pods =
        new ConcurrentSkipListMap<>(Comparator.comparing(Key::namespace).thenComparing(Key::name));

    @Override
    public void keep(io.fabric8.kubernetes.api.model.Pod pod) {
      pods.put(key(pod), trimmed(pod));
    }

    @Override
    public void forget(io.fabric8.kubernetes.api.model.Pod pod) {
      pods.remove(key(pod));
    }

    private static Key key(io.fabric8.kubernetes.api.model.Pod pod) {
      return new Key(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }
  }

  private static Pod trimmed(io.fabric8.kubernetes.api.model.Pod pod) {
    Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
    return new Pod(
        Metadata.of(pod.getMetadata()),
        status.map(PodStatus::getPodIP),
        status.map(PodStatus::getPhase),
        status.stream()
            .flatMap(s -> orEmpty(s.getConditions()).stream())
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")),
        pod.getMetadata().getDeletionTimestamp() != null,
        pod.getSpec() == null ? List.of() : ports(pod));
  }

  private static List<Port> ports(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> orEmpty(container.getPorts()).stream())
        .map(ClusterPods::port)
        .toList();
  }

  private static Port port(ContainerPort port) {
    return new Port(Optional.ofNullable(port.getName()), port.getContainerPort());
  }

  private static <E> Collection<E> orEmpty(@Nullable Collection<E> items) {
    return items == null ? List.of() : items;
  }
}
