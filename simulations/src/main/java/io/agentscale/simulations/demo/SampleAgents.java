// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The sample agents of a fleet, each with its own endpoint, and the file that tells the adapter of
 * them. One that has ended still answers for a while: the adapter hears of it only when it reads
 * the file again, and would otherwise take it for one that is there and does not answer.
 */
final class SampleAgents implements AgentFleet.Host, AutoCloseable {
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final DemoFiles files;
  private final InstantSource real;
  private final List<SampleAgent> agents = new ArrayList<>();
  private final Deque<Ended> ended = new ArrayDeque<>();

  private record Ended(SampleAgent agent, Instant at) {}

  /**
   * @param real the wall clock, by which the file is read
   */
  SampleAgents(DemoFiles files, InstantSource real) {
    this.files = files;
    this.real = real;
  }

  @Override
  public synchronized AgentMetrics created(String name) {
    try {
      SampleAgent agent = new SampleAgent(name);
      agents.add(agent);
      files.writeObjects(agents);
      return agent.metrics();
    } catch (IOException e) {
      throw new UncheckedIOException("agent " + name + " cannot be started", e);
    }
  }

  @Override
  public synchronized void ended(String name) {
    Instant now = real.instant();
    while (!ended.isEmpty() && ended.element().at.plus(LINGER).isBefore(now)) {
      ended.remove().agent.close();
    }
    agents.stream()
        .filter(agent -> agent.name().equals(name))
        .forEach(agent -> ended.add(new Ended(agent, now)));
    agents.removeIf(agent -> agent.name().equals(name));
    try {
      files.writeObjects(agents);
    } catch (IOException e) {
      throw new UncheckedIOException("agent " + name + " cannot be taken out of the file", e);
    }
  }

  synchronized List<SampleAgent> all() {
    return List.copyOf(agents);
  }

  @Override
  public synchronized void close() {
    agents.forEach(SampleAgent::close);
    ended.forEach(gone -> gone.agent.close());
  }
}
