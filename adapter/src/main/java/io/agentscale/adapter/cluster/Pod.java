// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import java.util.List;
import java.util.Optional;

/**
 * A pod as one needs it to talk to it.
 *
 * @param metadata its name, labels and annotations
 * @param address its own address ({@code status.podIP}); absent until it has one
 * @param phase such as {@code Running}; absent when not told
 * @param ready whether its {@code Ready} condition is true
 * @param terminating whether its deletion was asked for
 * @param ports the ports its containers declare, in their order
 */
public record Pod(
    ClusterObject metadata,
    Optional<String> address,
    Optional<String> phase,
    boolean ready,
    boolean terminating,
    List<Port> ports) {
  public Pod {
    ports = List.copyOf(ports);
  }

  /**
   * A declared port.
   *
   * @param name absent when it has none
   * @param number 1 to 65535
   */
  public record Port(Optional<String> name, int number) {}
}
