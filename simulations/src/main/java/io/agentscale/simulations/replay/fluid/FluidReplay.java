// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.replay.ControlPlane;
import io.agentscale.simulations.replay.DataPlane;
import io.agentscale.simulations.replay.LatencyWindow;
import io.agentscale.simulations.replay.ReplaySettings;
import io.agentscale.simulations.replay.TimelineListener;
import io.agentscale.simulations.replay.autoscale.Autoscaler;
import io.agentscale.simulations.replay.cluster.Cluster;
import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.score.Score;
import io.agentscale.simulations.score.Scoreboard;
import io.agentscale.simulations.score.Slo;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.workload.FlowTable;
import io.agentscale.simulations.workload.ProviderGate;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One replay in ticks. */
final class FluidReplay implements DataPlane {
  private static final int ARRIVAL_STREAM = 0;

  /** The expected rest when the last run of an exponential drain ends: exp(-0.5772). */
  private static final double LAST_RUN = 0.56;

  /** Fewer runs than this in all pods together are none. */
  private static final double LEAST_RUNS = 1e-3;

  private static final double LEAST_WAITING = 1e-6;

  private final ReplaySettings settings;
  private final FlowTable flow;
  private final TickTable table;
  private final double tick;
  private final double crowdedAbove;
  private final TickArrivals arrivals;
  private final ControlPlane control;
  private final Occupancy occupancy;
  private final WaitingLine line = new WaitingLine();
  private final Optional<ProviderGate> gate;
  private final double tokensPerRun;
  private final double delaySeconds;

  private long ticks;
  private int serving;
  private double runs;
  private double busy;
  private double[] draining = new double[16];
  private int drainingPods;

  private double arrived;
  private double served;
  private double failed;
  private double killed;
  private double crowded;
  private double before;
  private double arrivedBefore;

  FluidReplay(
      ReplaySettings settings,
      Traffic traffic,
      Workload workload,
      Cluster cluster,
      Autoscaler autoscaler,
      long seed,
      TimelineListener listener) {
    this.settings = settings;
    flow = workload.flow();
    tick = settings.tick().toMillis() / 1000.0;
    table = new TickTable(flow, tick);
    crowdedAbove =
        settings.goal().slo() instanceof Slo.Crowded slo
            ? slo.runsPerPod()
            : Double.POSITIVE_INFINITY;
    arrivals = new TickArrivals(traffic, tick, new RandomStream(seed, ARRIVAL_STREAM));
    occupancy = new Occupancy(flow);
    gate = workload.provider().map(ProviderGate::new);
    tokensPerRun = workload.pod().tokens().perRun();
    delaySeconds = workload.pod().delay().meanSeconds();
    control =
        new ControlPlane(traffic, workload, cluster, autoscaler, settings, seed, listener, this);
  }

  long ticks() {
    return ticks;
  }

  Score run() {
    try (arrivals;
        control) {
      control.begin();
      while (arrivals.hasMore()) {
        double now = ticks * tick;
        if (control.next() <= now) {
          control.run(now);
        }
        long calm = Math.min(arrivals.steadyTicks(), ticksBefore(control.next()));
        if (calm > 0 && isCalm()) {
          calmTicks(calm);
        } else {
          tick(now, arrivals.next());
        }
      }
      return score(control.end(ticks * tick));
    }
  }

  /** Returns how many ticks begin before a time. */
  private long ticksBefore(double time) {
    return (long) Math.min(1e9, Math.ceil(time / tick) - ticks);
  }

  private boolean isCalm() {
    return serving > 0
        && line.isEmpty()
        && drainingPods == 0
        && gate.isEmpty()
        && control.latencies().isEmpty();
  }

  /**
   * Makes ticks during which nobody interferes, up to the first in which runs find no room; {@link
   * #tick} does the same less fast.
   */
  private void calmTicks(long count) {
    double each = 1.0 / serving;
    double most = table.most();
    double rest = LEAST_RUNS * each;
    boolean cold = control.isStartingCold();
    double sumArrived = 0;
    double perPod = runs * each;
    double failing = 0;
    double ended = 0;
    long made = 0;
    double pending = 0;
    while (made < count) {
      double came = arrivals.nextSteady();
      double full = perPod + came * each;
      double swung = full + arrivals.surprise(came) * table.noise(perPod) * each;
      if (swung > most) {
        pending = came;
        break;
      }
      double left = atRest(table.left(Math.max(0, swung)), rest);
      crowded += perPod > crowdedAbove ? came : 0;
      occupancy.add(left, came);
      busy += table.busy(full) * serving;
      ended += full - left;
      failing += (full - left) * table.failing(full);
      perPod = left;
      sumArrived += came;
      made++;
    }
    ticks += made;
    runs = perPod * serving;
    arrived += sumArrived;
    failed += failing * serving;
    served += (ended - failing) * serving;
    control.countColdStarts(cold ? sumArrived : 0);
    if (made < count) {
      tick(ticks * tick, pending);
    }
  }

  /** Makes one tick, whatever is going on. */
  private void tick(double now, double came) {
    arrived += came;
    control.countColdStarts(control.isStartingCold() ? came : 0);
    double extra = provider(now);
    if (drainingPods > 0) {
      drainTick(now);
    }
    if (!line.isEmpty() || serving == 0 || runs > crowdedAbove * serving) {
      crowded += came;
    }
    line.add(now, came);
    if (serving > 0) {
      serveTick(now, came, extra);
    }
    ticks++;
  }

  /** A run is over at some time, though amounts only ever get smaller. */
  private static double atRest(double perPod, double rest) {
    return perPod < rest ? 0 : perPod;
  }

  /** Returns by how many seconds the provider delays each run now. */
  private double provider(double now) {
    if (gate.isEmpty()) {
      return 0;
    }
    return gate.get().waitSeconds(now) + delaySeconds * (gate.get().stretch(now) - 1);
  }

  private void serveTick(double now, double came, double extra) {
    double sum = (runs + line.total()) / serving;
    double surprise = arrivals.surprise(came) / serving;
    double total = Math.max(0, sum + surprise * table.noise(runs / serving));
    double full = Math.min(total, table.most());
    double solved = extra > 0 ? delayed(total, extra) : table.left(full);
    double left = atRest(Math.min(table.cap(), solved), LEAST_RUNS / serving);
    double usual = extra > 0 ? endedDelayed(left, extra) : full - left;
    double kept = Math.clamp(total - left - usual, 0, line.total() / serving);
    // The noise is in what ends, so that no run is made or lost.
    double ended = sum - left - kept;
    double entered = line.total() - kept * serving;
    double failing = ended * table.failing(full);
    busy += table.busy(full) * serving;
    runs = left * serving;
    failed += failing * serving;
    served += (ended - failing) * serving;
    control.latencies().ifPresent(window -> measure(window, ended, left, extra));
    gate.ifPresent(provider -> provider.take(now, entered * tokensPerRun));
    enter(now, entered, left, extra);
  }

  /** Solves the implicit step for pods whose runs take {@code extra} seconds longer. */
  private double delayed(double total, double extra) {
    double low = 0;
    double high = Math.min(total, table.cap());
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (middle + endedDelayed(middle, extra) <= total) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double endedDelayed(double perPod, double extra) {
    return tick * perPod / (flow.meanSeconds(perPod) + extra);
  }

  /** Lets those who came first into pods; their latency is their wait and that of their pod. */
  private void enter(double now, double amount, double left, double extra) {
    double rest = amount;
    while (rest > 1e-9 && !line.isEmpty()) {
      double waited = line.firstWaited(now);
      double taken = line.takeFirst(rest);
      occupancy.addWaited(waited + extra, left, taken);
      rest -= taken;
    }
    // Rounding: what entered beyond the line's sum has never been.
    runs = Math.max(0, runs - Math.max(0, rest));
    line.forgetBelow(LEAST_WAITING);
  }

  private void measure(LatencyWindow window, double ended, double left, double extra) {
    double wait = line.isEmpty() ? 0 : line.total() / Math.max(ended * serving / tick, 1e-9);
    double amount = ended * serving;
    double[] typical = flow.typicalSeconds(Math.max(1, left));
    for (int i = 4; i < typical.length; i += 8) {
      window.add(typical[i] + wait + extra, amount * 8 / typical.length);
    }
  }

  private void drainTick(double now) {
    int left = drainingPods;
    for (int pod = 0; pod < draining.length && left > 0; pod++) {
      if (draining[pod] > 0) {
        left--;
        double rest = table.left(draining[pod]);
        double ended = rest < LAST_RUN ? draining[pod] : draining[pod] - rest;
        double failing = ended * table.failing(draining[pod]);
        failed += failing;
        served += ended - failing;
        draining[pod] -= ended;
        if (rest < LAST_RUN) {
          gone(now, pod);
        }
      }
    }
  }

  private void gone(double now, int pod) {
    draining[pod] = 0;
    drainingPods--;
    control.fleet().gone(now, pod);
    control.fleetChanged(now);
  }

  @Override
  public void serve(double now, int pod) {
    serving++;
  }

  @Override
  public void drain(double now, int pod) {
    double share = runs / serving;
    runs -= share;
    serving--;
    if (share <= 0) {
      control.fleet().gone(now, pod);
      return;
    }
    if (pod >= draining.length) {
      draining = Arrays.copyOf(draining, Math.max(pod + 1, 2 * draining.length));
    }
    draining[pod] = share;
    drainingPods++;
  }

  @Override
  public void kill(double now, int pod) {
    killed += draining[pod];
    draining[pod] = 0;
    drainingPods--;
  }

  @Override
  public double runs(int pod) {
    return serving == 0 ? 0 : runs / serving;
  }

  @Override
  public double runsServed() {
    return runs;
  }

  @Override
  public double runsDraining() {
    return Arrays.stream(draining).sum();
  }

  @Override
  public double runsWaiting() {
    return line.total();
  }

  @Override
  public double takeBusyCoreSeconds(double now) {
    double taken = busy;
    busy = 0;
    return taken;
  }

  @Override
  public double arrived() {
    return arrived;
  }

  @Override
  public double tokens() {
    return arrived * tokensPerRun;
  }

  @Override
  public double late(double now) {
    return switch (settings.goal().slo()) {
      case Slo.Crowded _ -> crowded;
      case Slo.Latency slo ->
          occupancy.late(slo) + line.cameBefore(now - slo.within().toNanos() / 1e9);
    };
  }

  /** Returns the parts, after the end. */
  List<Portion> portions() {
    return control.portions();
  }

  @Override
  public void beginScoring(double now) {
    before = runs + runsDraining() + line.total();
    arrivedBefore = arrived;
    served = 0;
    failed = 0;
    killed = 0;
    crowded = 0;
    occupancy.clear();
    line.beginScoring();
  }

  private Score score(Scoreboard board) {
    double end = ticks * tick;
    double unfinished = runs + runsDraining() + line.total();
    var counts =
        new Score.Runs(before, arrived - arrivedBefore, served, failed, killed, unfinished);
    double percent = 100 / Math.max(counts.all(), Double.MIN_NORMAL);
    return new Score(
        Duration.ofMillis(Math.round(control.scored(end) * 1000)),
        counts,
        occupancy.summary(late(end) * percent),
        line.waited(end),
        board.replicas(),
        board.elasticity(),
        board.restlessness(),
        control.coldStarts() * percent,
        control.session().forecastScore());
  }
}
