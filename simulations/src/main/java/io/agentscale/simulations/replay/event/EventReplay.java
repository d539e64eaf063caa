// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.replay.ControlPlane;
import io.agentscale.simulations.replay.LatencyWindow;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.score.LatencyMeter;
import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Scoreboard;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.PodModel.Tokens;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.Sampler;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.List;

/** One replay from event to event. */
final class EventReplay {
  private static final int ARRIVAL_STREAM = 0;
  private static final int WORK_STREAM = 2;

  private final Arrivals arrivals;
  private final RandomStream random;
  private final Sampler delays;
  private final Sampler works;
  private final Tokens tokens;
  private final double withinSeconds;
  private final double crowdedAbove;
  private final Pods pods;
  private final RunTable runs;
  private final ControlPlane control;
  private final LatencyMeter meter = new LatencyMeter();

  private long events;
  private long arrived;
  private double tokensUsed;
  private long late;
  private long arrivedBefore;
  private long before;

  EventReplay(
      ReplaySettings settings,
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed,
      TimelineListener listener) {
    arrivals = Arrivals.of(traffic, new RandomStream(seed, ARRIVAL_STREAM));
    random = new RandomStream(seed, WORK_STREAM);
    delays = new Sampler(workload.pod().delay());
    works = new Sampler(workload.pod().work());
    tokens = workload.pod().tokens();
    switch (settings.goal().slo()) {
      case Slo.Latency slo -> {
        withinSeconds = slo.within().toNanos() / 1e9;
        crowdedAbove = Double.POSITIVE_INFINITY;
      }
      case Slo.Crowded slo -> {
        withinSeconds = Double.POSITIVE_INFINITY;
        crowdedAbove = slo.runsPerPod();
      }
    }
    runs = new RunTable();
    pods = new Pods(workload, runs, random);
    control =
        new ControlPlane(
            traffic,
            workload,
            cluster,
            autoscaler,
            settings,
            seed,
            listener,
            new EventData(this, pods));
    pods.attach(control);
  }

  long events() {
    return events;
  }

  long arrived() {
    return arrived;
  }

  double tokens() {
    return tokensUsed;
  }

  Score run() {
    try (arrivals;
        control) {
      control.begin();
      while (true) {
        double arrival = arrivals.next();
        double computing = pods.nextComputing();
        double done = pods.nextDone();
        double first = Math.min(Math.min(arrival, computing), done);
        if (control.next() <= first) {
          if (control.next() >= arrivals.end()) {
            break;
          }
          control.run(control.next());
        } else if (first >= arrivals.end()) {
          break;
        } else {
          events++;
          if (first == done) {
            done(done);
          } else if (first == computing) {
            pods.compute();
          } else {
            arrive(arrival);
          }
        }
      }
      return score(arrivals.end());
    }
  }

  private void arrive(double now) {
    int run = runs.begin();
    arrived++;
    runs.arrivedAt[run] = now;
    draw(run);
    arrivals.advance();
    if (control.isStartingCold()) {
      control.countColdStarts(1);
    }
    if (crowdedAbove < Double.POSITIVE_INFINITY && pods.isCrowded(crowdedAbove)) {
      late++;
    }
    pods.arrive(now, run);
  }

  private void draw(int run) {
    long output = arrivals.outputTokens();
    long input = arrivals.inputTokens();
    runs.delay[run] =
        input >= 0 && tokens.delaySecondsPerInputToken() > 0
            ? input * tokens.delaySecondsPerInputToken()
            : delays.next(random);
    runs.work[run] =
        output >= 0 && tokens.workSecondsPerOutputToken() > 0
            ? output * tokens.workSecondsPerOutputToken()
            : works.next(random);
    double used = input >= 0 && output >= 0 ? (double) input + output : tokens.perRun();
    runs.tokens[run] = used;
    tokensUsed += used;
  }

  private void done(double now) {
    int run = pods.finish(now);
    double took = now - runs.arrivedAt[run];
    if (pods.lastSucceeded()) {
      meter.add(took);
      late += took > withinSeconds ? 1 : 0;
    }
    LatencyWindow window = pods.window();
    if (window != null) {
      window.add(took, 1);
    }
    runs.end(run);
  }

  /** Returns the late ones so far; those still there that have missed the objective count. */
  double late(double now) {
    return late + runs.countArrivedBefore(now - withinSeconds);
  }

  /** Returns the parts, after the end. */
  List<Portion> portions() {
    return control.portions();
  }

  void beginScoring() {
    arrivedBefore = arrived;
    before = pods.inSystem();
    late = 0;
    meter.clear();
  }

  private Score score(double end) {
    Scoreboard board = control.end(end);
    var counts =
        new Score.Runs(
            before,
            arrived - arrivedBefore,
            pods.served(),
            pods.failed(),
            pods.killed(),
            pods.inSystem());
    double percent = 100 / Math.max(counts.all(), Double.MIN_NORMAL);
    return new Score(
        Duration.ofMillis(Math.round(control.scored(end) * 1000)),
        counts,
        meter.summary(late(end) * percent),
        pods.waited(end),
        board.replicas(),
        board.elasticity(),
        board.restlessness(),
        control.coldStarts() * percent,
        control.session().forecastScore());
  }
}
