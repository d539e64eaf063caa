// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import io.agentscale.simulations.replay.ControlPlane;
import io.agentscale.simulations.replay.LatencyWindow;
import io.agentscale.simulations.score.Score.Waiting;
import io.agentscale.simulations.score.WaitMeter;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodStation;
import io.agentscale.simulations.workload.ProviderGate;
import io.agentscale.simulations.workload.RandomStream;
import io.agentscale.simulations.workload.TimeHeap;
import io.agentscale.simulations.workload.Workload;
import io.agentscale.simulations.workload.Workload.Balancing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All pods' runs: who gets the next one, who is delayed until when, who is done next. */
final class Pods {
  private static final int NO_POD = -1;

  private final PodModel model;
  private final RunTable runs;
  private final RandomStream random;
  private final int cap;
  private final boolean balanced;
  private final @Nullable ProviderGate gate;

  private PodStation[] stations = new PodStation[0];
  private boolean[] draining = new boolean[0];
  private int[] epochs = new int[0];
  private double[] busyBefore = new double[0];
  private final ServingPods serving = new ServingPods();
  private final TimeHeap delayed = new TimeHeap(256);
  private final PodOrder order = new PodOrder();
  private final RunLine line = new RunLine();
  private final WaitMeter waits = new WaitMeter();
  private @Nullable ControlPlane control;
  private @Nullable LatencyWindow window;

  private long inServing;
  private long inDraining;
  private long served;
  private long failed;
  private long killed;
  private boolean lastSucceeded;

  Pods(Workload workload, RunTable runs, RandomStream random) {
    model = workload.pod();
    this.runs = runs;
    this.random = random;
    cap = model.cap().orElse(Integer.MAX_VALUE);
    balanced = workload.balancing() == Balancing.FEWEST_RUNS;
    gate = workload.provider().map(ProviderGate::new).orElse(null);
  }

  void attach(ControlPlane plane) {
    control = plane;
    window = plane.latencies().orElse(null);
  }

  /** Returns when the next run's delay is over. */
  double nextComputing() {
    return delayed.firstTime();
  }

  /** Returns when the next run is done. */
  double nextDone() {
    return order.firstTime();
  }

  void arrive(double now, int run) {
    int pod = choose();
    if (pod == NO_POD) {
      line.add(run);
      waits.waiting(line.size());
      return;
    }
    enter(now, run, pod);
  }

  /** Lets the first in line in. */
  private void enterFirst(double now, int pod) {
    int run = line.takeFirst();
    waits.waited(now - runs.arrivedAt[run]);
    enter(now, run, pod);
  }

  private int choose() {
    int first = serving.first();
    if (first == NO_POD || serving.runs(first) >= cap) {
      return NO_POD;
    }
    if (balanced) {
      return first;
    }
    int any = serving.member(random.nextInt(serving.size()));
    return serving.runs(any) < cap ? any : first;
  }

  private void enter(double now, int run, int pod) {
    PodStation station = stations[pod];
    station.enter(now);
    serving.more(pod);
    inServing++;
    runs.pod[run] = pod;
    runs.epoch[run] = epochs[pod];
    runs.hazard[run] = station.hazard();
    double delay = runs.delay[run];
    if (gate != null) {
      delay = delay * gate.stretch(now) + gate.take(now, runs.tokens[run]);
    }
    if (delay > 0) {
      delayed.add(now + delay, run);
    } else {
      station.compute(now, run, runs.work[run]);
    }
    order.set(pod, station.next());
  }

  /** The run whose delay is over first computes. */
  void compute() {
    double now = delayed.firstTime();
    int run = delayed.removeFirst();
    int pod = runs.pod[run];
    if (runs.epoch[run] != epochs[pod]) {
      // Its pod was killed meanwhile, and the run counted then.
      runs.end(run);
      return;
    }
    stations[pod].compute(now, run, runs.work[run]);
    order.set(pod, stations[pod].next());
  }

  /** Ends the run that is done first and returns it; the next in line takes its place. */
  int finish(double now) {
    int pod = order.first();
    PodStation station = stations[pod];
    int run = station.complete();
    double hazard = station.hazard() - runs.hazard[run];
    lastSucceeded = hazard <= 0 || random.nextDouble() >= -Math.expm1(-hazard);
    if (lastSucceeded) {
      served++;
    } else {
      failed++;
    }
    if (draining[pod]) {
      inDraining--;
      order.set(pod, station.next());
      if (station.runs() == 0) {
        gone(now, pod);
      }
      return run;
    }
    inServing--;
    serving.fewer(pod);
    if (line.size() > 0 && serving.runs(pod) < cap) {
      enterFirst(now, pod);
    } else {
      order.set(pod, station.next());
    }
    return run;
  }

  boolean lastSucceeded() {
    return lastSucceeded;
  }

  void serve(double now, int pod) {
    if (pod >= stations.length) {
      grow(pod + 1);
    }
    stations[pod].start(now);
    draining[pod] = false;
    busyBefore[pod] = 0;
    serving.add(pod);
    int next = choose();
    while (line.size() > 0 && next != NO_POD) {
      enterFirst(now, next);
      next = choose();
    }
  }

  void drain(double now, int pod) {
    serving.remove(pod);
    draining[pod] = true;
    int left = stations[pod].runs();
    inServing -= left;
    inDraining += left;
    if (left == 0) {
      draining[pod] = false;
      controlPlane().fleet().gone(now, pod);
    }
  }

  void kill(int pod) {
    PodStation station = stations[pod];
    killed += station.runs();
    inDraining -= station.runs();
    for (int i = 0; i < station.computing(); i++) {
      runs.end(station.computing(i));
    }
    forget(pod);
  }

  private void gone(double now, int pod) {
    forget(pod);
    controlPlane().fleet().gone(now, pod);
    controlPlane().fleetChanged(now);
  }

  private void forget(int pod) {
    draining[pod] = false;
    epochs[pod]++;
    order.set(pod, Double.POSITIVE_INFINITY);
  }

  private ControlPlane controlPlane() {
    ControlPlane plane = control;
    if (plane == null) {
      throw new IllegalStateException("not attached");
    }
    return plane;
  }

  private void grow(int pods) {
    int old = stations.length;
    int length = Math.max(pods, 2 * old);
    stations = Arrays.copyOf(stations, length);
    for (int pod = old; pod < length; pod++) {
      stations[pod] = new PodStation(model);
    }
    draining = Arrays.copyOf(draining, length);
    epochs = Arrays.copyOf(epochs, length);
    busyBefore = Arrays.copyOf(busyBefore, length);
  }

  boolean isCrowded(double runsPerPod) {
    return line.size() > 0 || serving.size() == 0 || inServing > runsPerPod * serving.size();
  }

  double takeBusyCoreSeconds(double now) {
    double sum = 0;
    for (int i = 0; i < serving.size(); i++) {
      int pod = serving.member(i);
      double busy = stations[pod].busyCoreSeconds(now);
      sum += busy - busyBefore[pod];
      busyBefore[pod] = busy;
    }
    return sum;
  }

  @Nullable LatencyWindow window() {
    return window;
  }

  double runsIn(int pod) {
    return stations[pod].runs();
  }

  long inServing() {
    return inServing;
  }

  long inDraining() {
    return inDraining;
  }

  int waiting() {
    return line.size();
  }

  long inSystem() {
    return inServing + inDraining + line.size();
  }

  /** Returns how many have waited, and how long, those that still wait included. */
  Waiting waited(double now) {
    if (line.size() > 0) {
      waits.waited(now - runs.arrivedAt[line.first()]);
    }
    return waits.summary();
  }

  void beginScoring() {
    waits.clear();
    waits.waiting(line.size());
    served = 0;
    failed = 0;
    killed = 0;
  }

  long served() {
    return served;
  }

  long failed() {
    return failed;
  }

  long killed() {
    return killed;
  }
}
