// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.metric.Quantity;
import java.util.Optional;

/**
 * What pods request of a resource; the base of a utilization.
 *
 * @param resource requested
 * @param container the only container to look at, if any
 * @param dialect which containers count
 */
record PodRequests(String resource, Optional<String> container, Dialect dialect) {

  /** Returns what is wrong with the first pod that does not request the resource. */
  Optional<String> missing(TargetPods pods) {
    for (int i = 0; i < pods.size(); i++) {
      if (pods.isSelected(i)) {
        for (Container candidate : pods.group(i).containers()) {
          if (!isCovered(pods.group(i)) && lacks(candidate)) {
            return Optional.of(
                "missing request for "
                    + resource
                    + " in container "
                    + candidate.name()
                    + " of Pod "
                    + pods.group(i).name());
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean lacks(Container candidate) {
    return isConsidered(candidate) && !candidate.requests().containsKey(resource);
  }

  /**
   * Returns the request of one pod of the group in thousandths; none of its containers lacks it.
   */
  long milli(PodGroup group) {
    if (isCovered(group)) {
      return group.podRequests().getOrDefault(resource, Quantity.ZERO).milli();
    }
    long sum = 0;
    for (Container candidate : group.containers()) {
      if (isConsidered(candidate)) {
        sum += candidate.requests().getOrDefault(resource, Quantity.ZERO).milli();
      }
    }
    return sum;
  }

  private boolean isCovered(PodGroup group) {
    return dialect.readsPodRequests()
        && container.isEmpty()
        && group.podRequests().containsKey(resource);
  }

  private boolean isConsidered(Container candidate) {
    return (container.isEmpty() || container.get().equals(candidate.name()))
        && (!candidate.sidecar() || dialect.countsSidecarRequests());
  }
}
