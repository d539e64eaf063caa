// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sample agents that start and stop together. */
final class SampleAgents implements AutoCloseable {
  private final List<SampleAgent> agents = new ArrayList<>();

  /** Starts one agent a name, or none if one cannot be started. */
  SampleAgents(List<String> names) throws IOException {
    try {
      for (String name : names) {
        agents.add(new SampleAgent(name));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  List<SampleAgent> all() {
    return List.copyOf(agents);
  }

  List<AgentMetrics> metrics() {
    return agents.stream().map(SampleAgent::metrics).toList();
  }

  @Override
  public void close() {
    agents.forEach(SampleAgent::close);
  }
}
