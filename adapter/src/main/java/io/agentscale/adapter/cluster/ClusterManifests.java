// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole objects of one kind of a cluster, told to a listener as they come, change and go. Only
 * their names are kept here.
 *
 * <p>A kind that is not installed, or that we may not read, has no objects until that changes;
 * {@link #status} tells why.
 */
public final class ClusterManifests implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClusterManifests.class);

  /** Hears of objects, from the threads of the watch. */
  public interface Listener {
    /** Takes an object, new or changed. */
    void keep(ClusterObject object, JsonNode manifest);

    /** Forgets an object that is gone. */
    void forget(ClusterObject object);
  }

  private final KubernetesClient client;
  private final Listener listener;
  private final FollowedKind<GenericKubernetesResource> followed;

  private ClusterManifests(
      KubernetesClient client,
      ResourceKind kind,
      Set<String> namespaces,
      ContactLog contacts,
      Listener listener) {
    this.client = client;
    this.listener = listener;
    this.followed =
        FollowedKind.start(
            KindPlaces.of(client, kind, namespaces),
            GenericKubernetesResource.class,
            client.getKubernetesSerialization(),
            new Told(),
            contacts);
  }

  /**
   * Starts to follow, and returns before anything is known.
   *
   * @param namespaces the only ones we may read; all when empty
   */
  public static ClusterManifests follow(
      ClusterConnection connection,
      ResourceKind kind,
      Set<String> namespaces,
      InstantSource clock,
      Listener listener) {
    ContactLog contacts = new ContactLog(clock);
    return new ClusterManifests(connection.client(contacts), kind, namespaces, contacts, listener);
  }

  public FollowStatus status() {
    return followed.status();
  }

  @Override
  public void close() {
    followed.close();
    client.close();
  }

  private final class Told implements WatchedStore.Keeper<GenericKubernetesResource> {
    @Override
    public void keep(GenericKubernetesResource object) {
      try {
        listener.keep(
            Metadata.of(object.getMetadata()),
            client.getKubernetesSerialization().convertValue(object, JsonNode.class));
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
      listener.forget(Metadata.of(object.getMetadata()));
    }
  }
}
