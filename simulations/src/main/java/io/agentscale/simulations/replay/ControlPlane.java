// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.autoscale.ClusterView;
import io.agentscale.simulations.replay.autoscale.LoadSample;
import io.agentscale.simulations.replay.autoscale.Session;
import io.agentscale.simulations.replay.autoscale.SessionContext;
import io.agentscale.simulations.replay.autoscale.SimulatedPods;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.replay.cluster.Fleet;
import io.agentscale.simulations.replay.cluster.MetricsLag;
import io.agentscale.simulations.replay.cluster.Misses;
import io.agentscale.simulations.replay.cluster.PodState;
import io.agentscale.simulations.replay.cluster.RestartCalendar;
import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Scoreboard;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.Workload;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a replay that moves pods: scrapes, decisions, pods' lives, and the replicas' score.
 * Both engines run it at {@link #next()}.
 */
public final class ControlPlane implements ClusterView, AutoCloseable {
  private static final int FLEET_STREAM = 1;

  private final DataPlane data;
  private final Fleet fleet;
  private final SimulatedPods pods;
  private final Session session;
  private final TimelineListener listener;
  private final MetricsLag lag;
  private final Scrapes scrapes;
  private final RestartCalendar restarts;
  private final NeedSchedule schedule;
  private final Scoreboard scoreboard = new Scoreboard();
  private final Portions portions;
  private final Instant start;
  private final double syncInterval;
  private final double warmUp;

  private double now;
  // The same as an instant, which one decision asks for many times.
  private Instant instant;
  private double nextSync;
  private double nextScoring;
  private double nextNeed;
  private double next;
  private int asked;
  private final Deque<LoadSample> arriving = new ArrayDeque<>();
  private final List<LoadSample> fresh = new ArrayList<>();
  private @Nullable LoadSample newest;
  private double arrivedAtLastRow;
  private double lastRowAt;
  private double coldStarts;

  /** Prepares a replay; nothing happens before {@link #begin()}. */
  public ControlPlane(
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      ReplaySettings settings,
      long seed,
      TimelineListener listener,
      DataPlane data) {
    this.data = data;
    this.listener = listener;
    start = traffic.start();
    instant = start;
    fleet = new Fleet(cluster, new RandomStream(seed, FLEET_STREAM), data);
    pods = new SimulatedPods(fleet, workload.pod(), start);
    session = autoscaler.begin(new SessionContext(workload.pod(), cluster));
    lag = cluster.metrics();
    scrapes = new Scrapes(lag, data, fleet, seed, session.readsLatency());
    restarts = new RestartCalendar(cluster.restarts());
    schedule = new NeedSchedule(traffic, settings.goal().minimal());
    syncInterval = cluster.syncInterval().toSeconds();
    nextSync = cluster.syncPhase().toNanos() / 1e9;
    warmUp = settings.warmUp().toNanos() / 1e9;
    nextScoring = warmUp;
    portions =
        new Portions(
            settings.portion().map(each -> each.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY));
    asked = cluster.initialReplicas();
  }

  /** Starts the pods that are there from the beginning. */
  public void begin() {
    fleet.begin();
    scoreboard.startWith(asked);
    scoreFleet();
    need();
    plan();
  }

  public Fleet fleet() {
    return fleet;
  }

  /** Returns where to add latencies, empty if nobody looks at them. */
  public Optional<LatencyWindow> latencies() {
    return scrapes.latencies();
  }

  /** Returns when there is something to do next. */
  public double next() {
    return next;
  }

  /** Does what is due by a time, which is at or after {@link #next()}. */
  public void run(double time) {
    while (next <= time) {
      setTime(next);
      fleet.advance(now);
      if (nextNeed <= now) {
        need();
      }
      if (nextScoring <= now) {
        nextScoring = Double.POSITIVE_INFINITY;
        scoreboard.begin(now);
        coldStarts = 0;
        data.beginScoring(now);
        portions.begin(now, soFar());
      }
      if (portions.next() <= now) {
        portions.close(soFar());
      }
      if (scrapes.next() <= now) {
        LoadSample sample = scrapes.take(now);
        if (!lag.isOut(now)) {
          arriving.add(sample);
        }
      }
      scoreFleet();
      while (restarts.next() <= now) {
        session.restart(restarts.take(), now);
      }
      if (session.nextPoll() <= now) {
        receive();
        ask(session.poll(this));
      }
      if (nextSync <= now) {
        nextSync += syncInterval;
        decide();
      }
      plan();
    }
  }

  private void setTime(double time) {
    now = time;
    instant = at(time);
  }

  /** The engine has changed the fleet: a draining pod is gone. */
  public void fleetChanged(double time) {
    scoreboard.fleet(time, fleet.present(), fleet.ready(), fleet.nodes());
    plan();
  }

  /** Counts runs that arrive now and find fewer replicas than needed while others start. */
  public void countColdStarts(double arrivals) {
    coldStarts += arrivals;
  }

  /** Tells whether runs that arrive now suffer from replicas' start-up. */
  public boolean isStartingCold() {
    return fleet.starting() + fleet.count(PodState.WANTED) > 0
        && fleet.ready() < scoreboard.needed();
  }

  private void plan() {
    next =
        Math.min(
            Math.min(Math.min(nextSync, nextNeed), Math.min(nextScoring, scrapes.next())),
            Math.min(
                Math.min(portions.next(), fleet.nextChange()),
                Math.min(session.nextPoll(), restarts.next())));
  }

  private Portion soFar() {
    scoreboard.advance(now);
    Score.Replicas replicas = scoreboard.replicas();
    return new Portion(
        data.arrived(), data.late(now), replicas.replicaHours(), replicas.minimalHours());
  }

  private void need() {
    scoreboard.need(now, schedule.at(now));
    nextNeed = schedule.nextChange(now);
  }

  private void scoreFleet() {
    scoreboard.fleet(now, fleet.present(), fleet.ready(), fleet.nodes());
  }

  private void receive() {
    while (!arriving.isEmpty() && scrapes.isThrough(arriving.peek(), now)) {
      newest = arriving.remove();
      fresh.add(newest);
    }
  }

  private void ask(int desired) {
    if (desired != asked) {
      asked = desired;
      scoreboard.ask(now, desired);
      fleet.scaleTo(now, desired);
      scoreFleet();
    }
  }

  private void decide() {
    receive();
    ask(session.decide(this));
    fresh.clear();
    if (listener.isListening()) {
      listener.decided(row());
    }
  }

  private TimelineRow row() {
    double passed = now - lastRowAt;
    double rate = passed > 0 ? (data.arrived() - arrivedAtLastRow) / passed : 0;
    arrivedAtLastRow = data.arrived();
    lastRowAt = now;
    double inFlight = data.runsServed() + data.runsDraining();
    double queued = data.runsWaiting();
    return new TimelineRow(
        now(),
        rate,
        inFlight + queued,
        scoreboard.needed(),
        asked,
        fleet.replicas() - fleet.ready(),
        fleet.ready(),
        inFlight,
        queued,
        session.reason());
  }

  /** Ends the replay and returns what was added up. */
  public Scoreboard end(double time) {
    run(time);
    setTime(time);
    scoreboard.advance(time);
    return scoreboard;
  }

  /** Returns the parts, after the end. */
  public List<Portion> portions() {
    return portions.end(now, soFar());
  }

  public double coldStarts() {
    return coldStarts;
  }

  /** Returns the seconds scored by a time. */
  public double scored(double time) {
    return Math.max(0, time - warmUp);
  }

  public Session session() {
    return session;
  }

  @Override
  public Instant now() {
    return instant;
  }

  @Override
  public Instant at(double seconds) {
    return start.plusNanos(Math.round(seconds * 1e9));
  }

  @Override
  public int replicas() {
    return asked;
  }

  @Override
  public int statusReplicas() {
    return fleet.created();
  }

  @Override
  public int ready() {
    return fleet.ready();
  }

  @Override
  public List<PodGroup> pods() {
    return pods.groups(now, newest == null ? Misses.NONE : newest.misses());
  }

  @Override
  public boolean isSampled(int group, Misses.Kind kind) {
    return pods.isSampled(group, kind);
  }

  @Override
  public Optional<LoadSample> load() {
    return lag.isOut(now) ? Optional.empty() : Optional.ofNullable(newest);
  }

  @Override
  public List<LoadSample> newLoads() {
    return fresh;
  }

  @Override
  public int neededUntil(double seconds) {
    return schedule.mostUntil(now, now + seconds);
  }

  @Override
  public void close() {
    schedule.close();
  }
}
