// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

/**
 * One pod's runs in detail: who computes, how fast, and who is done next.
 *
 * <p>All runs that compute get the same rate, so one clock of work done serves them all: a run that
 * starts at clock {@code w} with work {@code d} is done when the clock shows {@code w + d},
 * whatever the rate does meanwhile. The same holds for the hazard of failing.
 */
public final class PodStation {
  private static final int TABULATED = 1024;

  private final PodModel model;
  private final double[] slowdown = new double[TABULATED];
  private final double[] hazards = new double[TABULATED];
  private final TimeHeap computing = new TimeHeap(16);
  private double at;
  private double work;
  private double hazard;
  private double busy;
  private double rate;
  private int runs;
  private double next = Double.POSITIVE_INFINITY;

  public PodStation(PodModel model) {
    this.model = model;
    for (int i = 0; i < TABULATED; i++) {
      slowdown[i] = 1 / model.crowding().factor(i);
      hazards[i] = model.hazard().perSecond(i);
    }
  }

  /** Empties the pod and starts its clocks. */
  public void start(double now) {
    at = now;
    work = 0;
    hazard = 0;
    busy = 0;
    rate = 0;
    runs = 0;
    computing.clear();
    next = Double.POSITIVE_INFINITY;
  }

  /** Returns the runs in the pod, delayed or computing. */
  public int runs() {
    return runs;
  }

  /** Returns how many of them compute. */
  public int computing() {
    return computing.size();
  }

  /** Returns one of those that compute, by its place from 0 on. */
  public int computing(int place) {
    return computing.at(place);
  }

  /** Returns when the next run is done, infinity while none computes. */
  public double next() {
    return next;
  }

  /** Returns the core-seconds used since the start. */
  public double busyCoreSeconds(double now) {
    return busy + (now - at) * Math.min(computing.size(), model.cores());
  }

  /** Returns the hazard gathered so far by a run that was always here, at the last change. */
  public double hazard() {
    return hazard;
  }

  /** A run comes in, delayed at first. */
  public void enter(double now) {
    advance(now);
    runs++;
    share();
  }

  /** A run's delay is over: it computes. */
  public void compute(double now, int run, double coreSeconds) {
    advance(now);
    computing.add(work + coreSeconds, run);
    share();
  }

  /** Ends the run that is done at {@link #next()} and returns it. */
  public int complete() {
    advance(next);
    int run = computing.removeFirst();
    runs--;
    if (computing.size() == 0) {
      // Small numbers keep their digits.
      work = 0;
    }
    share();
    return run;
  }

  private void advance(double now) {
    double passed = now - at;
    if (passed > 0) {
      work += passed * rate;
      hazard += passed * hazards[Math.min(runs, TABULATED - 1)];
      busy += passed * Math.min(computing.size(), model.cores());
      at = now;
    }
  }

  private void share() {
    int sharing = computing.size();
    if (sharing == 0) {
      rate = 0;
      next = Double.POSITIVE_INFINITY;
      return;
    }
    double slow = runs < TABULATED ? slowdown[runs] : 1 / model.crowding().factor(runs);
    rate = Math.min(1, model.cores() / sharing) * slow;
    next = at + Math.max(0, computing.firstTime() - work) / rate;
  }
}
