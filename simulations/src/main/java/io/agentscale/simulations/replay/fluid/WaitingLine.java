// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.fluid;

import io.agentscale.simulations.score.Score.Waiting;
import io.agentscale.simulations.score.WaitMeter;

/**
 * Amounts of runs waiting outside pods, first come first served, by the time they came.
 *
 * <p>Kept in a ring; a line of more than {@value #MOST} ticks' arrivals is kept in pairs of ticks,
 * so that memory stays bounded however long an overload lasts.
 */
final class WaitingLine {
  static final int MOST = 1 << 16;

  private double[] amounts = new double[64];
  private double[] times = new double[64];
  private int head;
  private int size;
  private double total;
  private final WaitMeter waits = new WaitMeter();

  double total() {
    return Math.max(0, total);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns how long the first in line has waited. */
  double firstWaited(double now) {
    double waited = Math.max(0, now - times[head]);
    waits.waited(waited);
    return waited;
  }

  /** Adds what comes in a tick; those still there from the ticks before wait. */
  void add(double time, double amount) {
    waits.waiting(total());
    if (amount <= 0) {
      return;
    }
    if (size == amounts.length) {
      makeRoom();
    }
    int tail = (head + size) & (amounts.length - 1);
    amounts[tail] = amount;
    times[tail] = time;
    size++;
    total += amount;
  }

  /** Takes up to an amount from those who came first together, and returns how much it was. */
  double takeFirst(double most) {
    double taken = Math.min(most, amounts[head]);
    amounts[head] -= taken;
    total -= taken;
    if (amounts[head] <= 1e-12) {
      head = (head + 1) & (amounts.length - 1);
      size--;
      total = size == 0 ? 0 : total;
    }
    return taken;
  }

  /** Forgets a line that is all gone but for what rounding left of it. */
  void forgetBelow(double least) {
    if (total < least) {
      size = 0;
      total = 0;
    }
  }

  /** Returns how many have waited, and how long, those that still wait included. */
  Waiting waited(double now) {
    if (!isEmpty()) {
      var _ = firstWaited(now);
    }
    waits.waiting(total());
    return waits.summary();
  }

  void beginScoring() {
    waits.clear();
  }

  /** Returns how much came before a time. */
  double cameBefore(double time) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      int place = (head + i) & (amounts.length - 1);
      sum += times[place] < time ? amounts[place] : 0;
    }
    return sum;
  }

  private void makeRoom() {
    boolean pairs = size >= MOST;
    int capacity = pairs ? amounts.length : 2 * amounts.length;
    double[] newAmounts = new double[capacity];
    double[] newTimes = new double[capacity];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int place = (head + i) & (amounts.length - 1);
      newAmounts[kept] += amounts[place];
      newTimes[kept] = times[place];
      kept += pairs && i % 2 == 0 ? 0 : 1;
    }
    amounts = newAmounts;
    times = newTimes;
    head = 0;
    size = kept;
  }
}
