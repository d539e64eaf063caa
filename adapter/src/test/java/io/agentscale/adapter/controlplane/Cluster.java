// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A cluster that a whole process of ours can run in, with an administrator's access to it. */
public interface Cluster extends AutoCloseable {

  /** Where its API server answers. */
  String url();

  /** The bearer token of our service account. */
  String token();

  /**
   * Opens a watch here rather than at the API server's address.
   *
   * @param uri path and query, as a watch over plain HTTP has them
   * @return empty if the API server serves such watches itself
   */
  default Optional<WatchEvents> watch(String uri) {
    return Optional.empty();
  }

  /** Ends a watch that was opened here. */
  default void end(WatchEvents watch) {}

  /** Reads an object, as an administrator. */
  Optional<ObjectNode> read(String path);

  /** Creates or replaces an object, as an administrator. */
  void put(String path, String json);

  /** Changes an object by a merge patch, as an administrator. */
  void edit(String path, String patch);

  /** Deletes an object, as an administrator. */
  void delete(String path);

  @Override
  void close();
}
