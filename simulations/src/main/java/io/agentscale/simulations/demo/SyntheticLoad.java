// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The moving load on the sample agents: runs arrive as a {@link LoadShape} says, wait while their
 * agent is full, take their turns and end, each change showing in the agent's metrics.
 *
 * <p>Time only moves by {@link #tick}; what has happened by an instant depends on the seed alone,
 * not on how often it is ticked. One thread ticks; any thread may read the metrics.
 */
final class SyntheticLoad {
  // The first agent is asked more often than the last: sessions stick, and so loads differ.
  private static final double STICKINESS = 0.7;

  private final LoadShape shape;
  private final Instant start;
  private final List<Agent> agents;
  private final SplittableRandom arrivals;
  private final SplittableRandom bursts;
  private final SplittableRandom runs;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private long ordered;
  private Instant burstStart;

  /**
   * Creates a load in which nothing has arrived yet.
   *
   * @param agents the metrics of the agents it falls on
   * @param places how many runs an agent works on at a time; others wait
   */
  SyntheticLoad(List<AgentMetrics> agents, int places, LoadShape shape, long seed, Instant start) {
    var random = new SplittableRandom(seed);
    this.shape = shape;
    this.start = start;
    this.agents = agents.stream().map(metrics -> new Agent(metrics, places)).toList();
    this.arrivals = random.split();
    this.bursts = random.split();
    this.runs = random.split();
    this.burstStart = start.plus(shape.drawCalm(bursts));
    scheduleArrival(start);
  }

  /** Lets everything happen that is due by {@code now}. */
  void tick(Instant now) {
    for (Event next = events.peek();
        next != null && !next.at().isAfter(now);
        next = events.peek()) {
      events.remove();
      next.action().run();
    }
  }

  private void schedule(Instant at, Runnable action) {
    events.add(new Event(at, ordered++, action));
  }

  /** Draws candidates at the highest rate, and keeps each with the odds of the rate at its time. */
  private void scheduleArrival(Instant after) {
    double highest = shape.highestRunsPerSecond();
    Duration meanGap = Duration.ofNanos(Math.round(1e9 / highest));
    Instant at = after;
    do {
      at = at.plus(Draw.exponential(arrivals, meanGap));
    } while (arrivals.nextDouble() * highest >= runsPerSecond(at));
    Instant arrival = at;
    schedule(arrival, () -> arrive(arrival));
  }

  private void arrive(Instant at) {
    chooseAgent().accept(AgentRun.draw(runs), at);
    scheduleArrival(at);
  }

  private double runsPerSecond(Instant at) {
    while (!at.isBefore(burstStart.plus(shape.burstLength()))) {
      burstStart = burstStart.plus(shape.burstLength()).plus(shape.drawCalm(bursts));
    }
    double calm = shape.calmRunsPerSecond(Duration.between(start, at));
    return at.isBefore(burstStart) ? calm : calm * shape.burstFactor();
  }

  private Agent chooseAgent() {
    double weights = 0;
    for (int i = 0; i < agents.size(); i++) {
      weights += Math.pow(STICKINESS, i);
    }
    double left = arrivals.nextDouble() * weights;
    for (int i = 0; i < agents.size() - 1; i++) {
      left -= Math.pow(STICKINESS, i);
      if (left < 0) {
        return agents.get(i);
      }
    }
    return agents.getLast();
  }

  /** Something that happens at a time; among those of one instant, the first scheduled wins. */
  private record Event(Instant at, long order, Runnable action) {}

  /** One agent: a number of places, and a queue before them. */
  private final class Agent {
    private final AgentMetrics metrics;
    private final int places;
    private final Deque<AgentRun> waiting = new ArrayDeque<>();
    private int running;

    Agent(AgentMetrics metrics, int places) {
      this.metrics = metrics;
      this.places = places;
    }

    void accept(AgentRun run, Instant at) {
      waiting.add(run);
      startWaiting(at);
    }

    private void startWaiting(Instant at) {
      while (running < places && !waiting.isEmpty()) {
        running++;
        takeTurn(waiting.remove(), 1, at);
      }
      metrics.runs(running, waiting.size());
    }

    private void takeTurn(AgentRun run, int turn, Instant at) {
      Instant end = at.plus(run.turn());
      schedule(end, () -> endTurn(run, turn, end));
    }

    private void endTurn(AgentRun run, int turn, Instant at) {
      metrics.modelCalled(run.promptTokens(), run.completionTokens());
      if (turn < run.turns()) {
        takeTurn(run, turn + 1, at);
        return;
      }
      metrics.runEnded(run.duration(), run.fails());
      running--;
      startWaiting(at);
    }
  }
}
