// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the metrics API answered at one time.
 *
 * @param time when it was asked
 * @param pods every pod of the demo, answered for or not
 * @param problems why values are unknown, in the server's words; empty when all is well
 * @param loop from demand to agents
 */
record DemoSnapshot(Instant time, List<Pod> pods, List<String> problems, LoopState loop) {
  DemoSnapshot {
    pods = List.copyOf(pods);
    problems = List.copyOf(problems);
  }

  boolean hasValues() {
    return pods.stream().anyMatch(pod -> !pod.values().isEmpty());
  }

  /**
   * One pod.
   *
   * @param values what is known of it; a metric that is not in here is unknown, which is not zero
   */
  record Pod(String name, Map<DemoMetric, Quantity> values) {
    Pod {
      values = Map.copyOf(values);
    }
  }
}
