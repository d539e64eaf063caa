// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.core.metric.LabelSelector;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The objects of a cluster, metadata only, followed by informers. A kind is followed from the first
 * question about it on; until its objects are listed, it is not synced and has none.
 *
 * <p>When the API server fails, what was known last stays, and {@link #status} tells since when.
 */
public final class ClusterObjects implements ObjectIndex, AutoCloseable {
  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final ContactLog contacts;
  private final ConcurrentMap<ResourceKind, Followed> followed = new ConcurrentHashMap<>();

  private record Followed(ObjectTable table, FollowedKind<GenericKubernetesResource> kind) {}

  private ClusterObjects(KubernetesClient client, Set<String> namespaces, ContactLog contacts) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.contacts = contacts;
  }

  /**
   * Connects; nothing is asked of the API server yet.
   *
   * @param namespaces the only ones we may read; all when empty
   */
  public static ClusterObjects connect(
      ClusterConnection connection, Set<String> namespaces, InstantSource clock) {
    ContactLog contacts = new ContactLog(clock);
    return new ClusterObjects(
        connection.client(new MetadataOnly(), contacts), namespaces, contacts);
  }

  @Override
  public List<ClusterObject> select(
      ResourceKind kind, Optional<String> namespace, LabelSelector selector) {
    return follow(kind).table.select(namespace, selector);
  }

  @Override
  public boolean isSynced(ResourceKind kind) {
    return follow(kind).kind.isSynced();
  }

  /** How well each kind is known that was asked about, by its qualified plural. */
  public Map<String, FollowStatus> status() {
    Map<String, FollowStatus> status = new TreeMap<>();
    followed.forEach((kind, known) -> status.put(kind.resource().toString(), known.kind.status()));
    return status;
  }

  private Followed follow(ResourceKind kind) {
    Followed known = followed.get(kind);
    return known != null ? known : followed.computeIfAbsent(kind, this::start);
  }

  private Followed start(ResourceKind kind) {
    ObjectTable table = new ObjectTable();
    return new Followed(
        table,
        FollowedKind.start(
            KindPlaces.of(client, kind, namespaces),
            GenericKubernetesResource.class,
            client.getKubernetesSerialization(),
            new TableKeeper(table),
            contacts));
  }

  private record TableKeeper(ObjectTable table)
      implements WatchedStore.Keeper<GenericKubernetesResource> {
    @Override
    public void keep(GenericKubernetesResource object) {
      table.put(Metadata.of(object.getMetadata()));
    }

    @Override
    public void forget(GenericKubernetesResource object) {
      table.remove(
          Optional.ofNullable(object.getMetadata().getNamespace()), object.getMetadata().getName());
    }
  }

  @Override
  public void close() {
    followed.values().forEach(known -> known.kind.close());
    client.close();
  }
}
