// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds a cluster serves. Kinds every Kubernetes has are known without asking; the first
 * question about another one reads discovery, which blocks: of its group alone, or of all groups
 * when it names none. A kind that is unknown then is looked for again, though nothing is read twice
 * within {@link #PAUSE}: its definition may be installed later.
 */
public final class DiscoveredKinds implements ResourceMapper, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DiscoveredKinds.class);

  /** The least time between two readings of the same document. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  /** What these groups list are metrics, and asking them may mean asking ourselves. */
  private static final Set<String> METRICS =
      Set.of("custom.metrics.k8s.io", "external.metrics.k8s.io", "metrics.k8s.io");

  private final KubernetesClient client;
  private final InstantSource clock;
  private volatile KindTable known = WellKnownKinds.SERVED_EVERYWHERE;

  // By group, in the API server's order of precedence; all guarded by this.
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private Instant groupsReadAt = Instant.MIN;
  private boolean reachable;

  private record Group(String apiVersion, Instant readAt, List<ResourceKind> kinds) {}

  private DiscoveredKinds(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Connects; nothing is asked of the API server yet. */
  public static DiscoveredKinds connect(ClusterConnection connection, InstantSource clock) {
    return new DiscoveredKinds(connection.client(), clock);
  }

  @Override
  public Optional<ResourceKind> resolve(GroupResource resource) {
    Optional<ResourceKind> kind = known.resolve(resource);
    return kind.isPresent() ? kind : discover(resource);
  }

  // One thread reads; the others wait for what it finds.
  private synchronized Optional<ResourceKind> discover(GroupResource resource) {
    Instant now = clock.instant();
    if (isDue(groupsReadAt, now)) {
      groupsReadAt = now;
      reachable = readGroups();
    }
    if (!reachable) {
      // Asking for each group would only add up the timeouts.
      return known.resolve(resource);
    }
    groups.replaceAll(
        (name, group) ->
            isAskedFor(name, resource) && isDue(group.readAt, now)
                ? new Group(group.apiVersion, now, read(name, group))
                : group);
    known =
        WellKnownKinds.SERVED_EVERYWHERE.with(
            groups.values().stream().flatMap(group -> group.kinds.stream()).toList());
    return known.resolve(resource);
  }

  private static boolean isDue(Instant readAt, Instant now) {
    return readAt.equals(Instant.MIN) || !now.isBefore(readAt.plus(PAUSE));
  }

  private static boolean isAskedFor(String group, GroupResource resource) {
    return resource.group().isEmpty() || resource.group().equalsIgnoreCase(group);
  }

  private boolean readGroups() {
    try {
      Map<String, Group> before = Map.copyOf(groups);
      APIGroupList list = client.getApiGroups();
      groups.clear();
      for (APIGroup group : list.getGroups()) {
        String name = group.getName();
        if (!METRICS.contains(name)) {
          String apiVersion = group.getPreferredVersion().getGroupVersion();
          Group known = before.get(name);
          groups.put(
              name,
              known != null && known.apiVersion.equals(apiVersion)
                  ? known
                  : new Group(apiVersion, Instant.MIN, List.of()));
        }
      }
      return true;
    } catch (KubernetesClientException e) {
      failed("/apis", e);
      return false;
    }
  }

  // A group whose own server is down keeps the kinds it had, and hides nobody else's.
  private List<ResourceKind> read(String name, Group group) {
    try {
      APIResourceList resources = client.getApiResources(group.apiVersion);
      return resources == null
          ? List.of()
          : resources.getResources().stream()
              .filter(resource -> !resource.getName().contains("/"))
              .map(resource -> kind(name, group.apiVersion, resource))
              .toList();
    } catch (KubernetesClientException e) {
      failed(group.apiVersion, e);
      return group.kinds;
    }
  }

  private static ResourceKind kind(String group, String apiVersion, APIResource resource) {
    String singular = resource.getSingularName();
    return new ResourceKind(
        new GroupResource(group, resource.getName()),
        singular == null || singular.isEmpty()
            ? resource.getKind().toLowerCase(Locale.ROOT)
            : singular,
        apiVersion,
        resource.getKind(),
        resource.getNamespaced());
  }

  private static void failed(String what, KubernetesClientException e) {
    log.atWarn()
        .addKeyValue("api", what)
        .addKeyValue("cause", e.getMessage())
        .log("discovery failed, kinds of this API stay as they were");
  }

  @Override
  public void close() {
    client.close();
  }
}
