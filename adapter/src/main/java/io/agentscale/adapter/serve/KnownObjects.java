// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ClusterObjects;
import io.agentscale.adapter.cluster.ClusterPods;
import io.agentscale.adapter.cluster.DiscoveredKinds;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.PodIndex;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.cluster.StaticObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that metrics describe: those of a cluster, or those a file lists.
 *
 * @param kinds the kinds there are
 * @param objects by kind, namespace and labels
 * @param pods with their addresses; absent where nobody scrapes pods
 * @param cluster where they come from one
 * @param parts to close at the end
 */
record KnownObjects(
    ResourceMapper kinds,
    ObjectIndex objects,
    Optional<PodIndex> pods,
    Optional<ClusterConnection> cluster,
    List<AutoCloseable> parts) {

  /**
   * Reads a file, and goes on watching it.
   *
   * @param withPods whether pods are scraped
   */
  static KnownObjects ofFile(Path file, boolean withPods) throws IOException {
    StaticObjects objects = StaticObjects.watch(file);
    Optional<PodIndex> pods = withPods ? Optional.of(objects) : Optional.empty();
    return new KnownObjects(objects, objects, pods, Optional.empty(), List.of(objects));
  }

  /**
   * Connects to a cluster.
   *
   * @param withPods whether pods are followed with their addresses, to be scraped
   */
  static KnownObjects ofCluster(
      ClusterConnection connection, boolean withPods, InstantSource clock) {
    DiscoveredKinds kinds = DiscoveredKinds.connect(connection, clock);
    ClusterObjects objects = ClusterObjects.connect(connection, Set.of(), clock);
    if (!withPods) {
      return new KnownObjects(
          kinds, objects, Optional.empty(), Optional.of(connection), List.of(kinds, objects));
    }
    ClusterPods pods = ClusterPods.follow(connection, Set.of(), clock);
    return new KnownObjects(
        kinds, objects, Optional.of(pods), Optional.of(connection), List.of(kinds, objects, pods));
  }
}
