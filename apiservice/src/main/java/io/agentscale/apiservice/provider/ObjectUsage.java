// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one object uses. */
public sealed interface ObjectUsage {

  /**
   * The object.
   *
   * @param namespace absent for nodes
   * @param name of the object
   * @param labels of the object
   */
  record Subject(Optional<String> namespace, String name, Map<String, String> labels) {
    public Subject {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * One container of a pod.
   *
   * @param name of the container
   * @param usage of the container
   */
  record Container(String name, Usage usage) {}

  Subject subject();

  /** Returns when the oldest part of it was measured. */
  Instant at();

  /** Returns the time that rates were taken over. */
  Duration window();

  /** A pod, by container. */
  record OfPod(Subject subject, Instant at, Duration window, List<Container> containers)
      implements ObjectUsage {
    public OfPod {
      containers = List.copyOf(containers);
    }
  }

  /** A node as a whole. */
  record OfNode(Subject subject, Instant at, Duration window, Usage usage) implements ObjectUsage {}
}
