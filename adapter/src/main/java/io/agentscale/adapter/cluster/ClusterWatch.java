// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows whole objects, kind by kind, and keeps none of them: a keeper takes of each what it
 * needs. A kind that is not installed or not permitted yet is tried again for ever.
 */
public final class ClusterWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClusterWatch.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final ContactLog contacts;
  private final ConcurrentMap<ResourceKind, FollowedKind<GenericKubernetesResource>> followed =
      new ConcurrentHashMap<>();

  /** Hears of the objects of one kind, from the threads of the watch. */
  public interface Keeper {

    /** An object is new, or changed. */
    void keep(JsonNode object);

    /** An object is gone. */
    void forget(String namespace, String name);
  }

  private ClusterWatch(KubernetesClient client, Set<String> namespaces, ContactLog contacts) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.contacts = contacts;
  }

  /**
   * Connects; nothing is asked of the API server yet.
   *
   * @param namespaces the only ones we may read; all when empty
   */
  public static ClusterWatch connect(
      ClusterConnection connection, Set<String> namespaces, InstantSource clock) {
    ContactLog contacts = new ContactLog(clock);
    return new ClusterWatch(connection.client(contacts), namespaces, contacts);
  }

  /** Starts to follow a kind, once, and returns before anything is known of it. */
  public void follow(ResourceKind kind, Keeper keeper) {
    follow(kind, Optional.empty(), keeper);
  }

  /** As {@link #follow(ResourceKind, Keeper)}, but only those objects that have a label. */
  public void followLabelled(ResourceKind kind, String label, Keeper keeper) {
    follow(kind, Optional.of(label), keeper);
  }

  private void follow(ResourceKind kind, Optional<String> label, Keeper keeper) {
    var _ =
        followed.computeIfAbsent(
            kind,
            _ ->
                FollowedKind.start(
                    KindPlaces.of(client, kind, namespaces, label),
                    GenericKubernetesResource.class,
                    client.getKubernetesSerialization(),
                    new Told(keeper),
                    contacts));
  }

  /** Returns how well a kind is known; empty if it is not followed. */
  public Optional<FollowStatus> status(ResourceKind kind) {
    return Optional.ofNullable(followed.get(kind)).map(FollowedKind::status);
  }

  /** Returns how well each kind that is followed is known, by its qualified plural. */
  public Map<String, FollowStatus> status() {
    Map<String, FollowStatus> status = new TreeMap<>();
    followed.forEach((kind, known) -> status.put(kind.resource().toString(), known.status()));
    return status;
  }

  private record Told(Keeper keeper) implements WatchedStore.Keeper<GenericKubernetesResource> {
    @Override
    public void keep(GenericKubernetesResource object) {
      try {
        keeper.keep(JSON.valueToTree(object));
      } catch (RuntimeException e) {
        // One odd object must not end the watch of all others.
        log.atWarn()
            .addKeyValue("kind", object.getKind())
            .addKeyValue("name", object.getMetadata().getName())
            .setCause(e)
            .log("An object was not understood");
      }
    }

    @Override
    public void forget(GenericKubernetesResource object) {
      keeper.forget(
          Optional.ofNullable(object.getMetadata().getNamespace()).orElse(""),
          object.getMetadata().getName());
    }
  }

  @Override
  public void close() {
    followed.values().forEach(FollowedKind::close);
    client.close();
  }
}
