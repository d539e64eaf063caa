// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.TargetView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Agents that come and go, and the runs they work on. Runs arrive as a {@link WorkDay} says, wait
 * in one queue until an agent has a free place, take their turns and end. A new agent takes a while
 * until it is Ready; one that is to go takes no new runs and goes with the end of its last.
 *
 * <p>Time only moves by what is called; what has happened by an instant depends on the seed and on
 * the times of {@link #scaleTo} alone. Any thread may call.
 */
final class AgentFleet {
  /** A run that has waited longer than this before it begins is late. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration START_MEDIAN = Duration.ofMinutes(12);
  private static final double START_SIGMA = 0.2;
  private static final int STARTS_KEPT = 50;

  private final Host host;
  private final int places;
  private final WorkDay shape;
  private final SplittableRandom arrivals;
  private final SplittableRandom draws;
  private final SplittableRandom startTimes;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private final List<Agent> agents = new ArrayList<>();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Deque<Duration> starts = new ArrayDeque<>();
  private Instant now;
  private Duration agentTime = Duration.ZERO;
  private long ordered;
  private int named;
  private long arrived;
  private long lateBegun;

  /** Where agents run. */
  interface Host {
    /** An agent was created; returns the metrics it exposes. */
    AgentMetrics created(String name);

    /** An agent has ended. */
    void ended(String name);
  }

  /**
   * A fleet at one moment.
   *
   * @param pods the names of all agents, the oldest first
   * @param starting created and not Ready
   * @param ready take runs
   * @param draining take no new runs
   * @param running runs that have a place
   * @param waiting runs that have none
   * @param runs arrived so far
   * @param late of them, begun or not
   * @param agentTime all agents' time together, from created to ended
   */
  record State(
      List<String> pods,
      int starting,
      int ready,
      int draining,
      int running,
      int waiting,
      long runs,
      long late,
      Duration agentTime) {
    State {
      pods = List.copyOf(pods);
    }

    /** Returns how many replicas a scale subresource would tell: those that are not to go. */
    int replicas() {
      return starting + ready;
    }
  }

  private enum Phase {
    STARTING,
    READY,
    DRAINING
  }

  private record Event(Instant at, long order, Runnable action) {}

  private record Waiting(AgentRun run, Instant since) {}

  private static final class Agent {
    private final String name;
    private final AgentMetrics metrics;
    private Phase phase = Phase.STARTING;
    private int running;

    Agent(String name, AgentMetrics metrics) {
      this.name = name;
      this.metrics = metrics;
    }
  }

  /**
   * @param ready how many agents there are at the start
   * @param places how many runs an agent works on at a time
   */
  AgentFleet(Host host, int ready, int places, WorkDay shape, long seed, Instant start) {
    SplittableRandom random = new SplittableRandom(seed);
    this.host = host;
    this.places = places;
    this.shape = shape;
    this.arrivals = random.split();
    this.draws = random.split();
    this.startTimes = random.split();
    this.now = start;
    for (int i = 0; i < ready; i++) {
      create().phase = Phase.READY;
    }
    scheduleArrival(start);
  }

  /** Lets everything happen that is due by a time; an earlier one changes nothing. */
  synchronized void tick(Instant until) {
    for (Event next = events.peek();
        next != null && !next.at.isAfter(until);
        next = events.peek()) {
      events.remove();
      advance(next.at);
      next.action.run();
    }
    advance(until);
    publish();
  }

  /** Creates agents, or has the newest go; those not yet Ready first, as a ReplicaSet does. */
  synchronized void scaleTo(int replicas, Instant at) {
    tick(at);
    long staying = agents.stream().filter(agent -> agent.phase != Phase.DRAINING).count();
    for (long i = staying; i < replicas; i++) {
      start(create());
    }
    List<Agent> leaving =
        Stream.of(Phase.STARTING, Phase.READY)
            .flatMap(phase -> agents.reversed().stream().filter(agent -> agent.phase == phase))
            .limit(Math.max(0, staying - replicas))
            .toList();
    leaving.forEach(this::drain);
    publish();
  }

  synchronized State state() {
    long lateWaiting = queue.stream().takeWhile(waiting -> isLate(waiting.since, now)).count();
    return new State(
        agents.stream().map(agent -> agent.name).toList(),
        count(Phase.STARTING),
        count(Phase.READY),
        count(Phase.DRAINING),
        agents.stream().mapToInt(agent -> agent.running).sum(),
        queue.size(),
        arrived,
        lateBegun + lateWaiting,
        agentTime);
  }

  /** Returns how long nine of ten of the last starts took at most; empty while there was none. */
  synchronized Optional<TargetView.MeasuredLead> lead() {
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = starts.stream().sorted().toList();
    int rank = Math.ceilDiv(sorted.size() * 9, 10);
    return Optional.of(new TargetView.MeasuredLead(sorted.get(rank - 1), sorted.size()));
  }

  private int count(Phase phase) {
    return Math.toIntExact(agents.stream().filter(agent -> agent.phase == phase).count());
  }

  private static boolean isLate(Instant since, Instant at) {
    return at.isAfter(since.plus(PATIENCE));
  }

  private void advance(Instant at) {
    if (at.isAfter(now)) {
      agentTime = agentTime.plus(Duration.between(now, at).multipliedBy(agents.size()));
      now = at;
    }
  }

  private void schedule(Instant at, Runnable action) {
    events.add(new Event(at, ordered++, action));
  }

  private Agent create() {
    String name = DemoFiles.APP + "-" + named++;
    Agent agent = new Agent(name, host.created(name));
    agents.add(agent);
    return agent;
  }

  private void start(Agent agent) {
    Duration takes = Draw.lognormal(startTimes, START_MEDIAN, START_SIGMA);
    Instant ready = now.plus(takes);
    schedule(
        ready,
        () -> {
          if (agent.phase == Phase.STARTING) {
            agent.phase = Phase.READY;
            starts.add(takes);
            if (starts.size() > STARTS_KEPT) {
              starts.remove();
            }
            beginWaiting(ready);
          }
        });
  }

  private void drain(Agent agent) {
    agent.phase = Phase.DRAINING;
    endIfDrained(agent);
  }

  private void endIfDrained(Agent agent) {
    if (agent.phase == Phase.DRAINING && agent.running == 0) {
      agents.remove(agent);
      host.ended(agent.name);
    }
  }

  /** Draws candidates at the highest rate, and keeps each with the odds of the rate at its time. */
  private void scheduleArrival(Instant after) {
    double highest = WorkDay.highestRunsPerSecond();
    Duration meanGap = Duration.ofNanos(Math.round(1e9 / highest));
    Instant at = after;
    do {
      at = at.plus(Draw.exponential(arrivals, meanGap));
    } while (arrivals.nextDouble() * highest >= shape.runsPerSecond(at));
    Instant arrival = at;
    schedule(arrival, () -> arrive(arrival));
  }

  private void arrive(Instant at) {
    arrived++;
    queue.add(new Waiting(AgentRun.draw(draws), at));
    beginWaiting(at);
    scheduleArrival(at);
  }

  private void beginWaiting(Instant at) {
    Optional<Agent> free = free();
    while (free.isPresent() && !queue.isEmpty()) {
      Waiting next = queue.remove();
      if (isLate(next.since, at)) {
        lateBegun++;
      }
      free.get().running++;
      takeTurn(free.get(), next.run, 1, at);
      free = free();
    }
  }

  private Optional<Agent> free() {
    return agents.stream()
        .filter(agent -> agent.phase == Phase.READY && agent.running < places)
        .min(Comparator.comparingInt(agent -> agent.running));
  }

  private void takeTurn(Agent agent, AgentRun run, int turn, Instant at) {
    Instant end = at.plus(run.turn());
    schedule(end, () -> endTurn(agent, run, turn, end));
  }

  private void endTurn(Agent agent, AgentRun run, int turn, Instant at) {
    agent.metrics.modelCalled(run.promptTokens(), run.completionTokens());
    if (turn < run.turns()) {
      takeTurn(agent, run, turn + 1, at);
      return;
    }
    agent.metrics.runEnded(run.duration(), run.fails());
    agent.running--;
    endIfDrained(agent);
    beginWaiting(at);
  }

  /** What waits is told by the agents that will take it, each its share. */
  private void publish() {
    int ready = count(Phase.READY);
    int told = 0;
    for (Agent agent : agents) {
      int share = 0;
      if (agent.phase == Phase.READY) {
        share = queue.size() / ready + (told < queue.size() % ready ? 1 : 0);
        told++;
      }
      agent.metrics.runs(agent.running, share);
    }
  }
}
