// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import java.util.Arrays;

/**
 * Numbers ordered by a time each: a four-ary heap over primitive arrays, which allocates only when
 * it grows. Of equal times either may come first, but always the same.
 */
public final class TimeHeap {
  private static final int WIDTH = 4;

  private double[] times;
  private int[] ids;
  private int size;

  public TimeHeap(int capacity) {
    times = new double[Math.max(capacity, 1)];
    ids = new int[times.length];
  }

  public int size() {
    return size;
  }

  /** Returns the earliest time, infinity where there is none. */
  public double firstTime() {
    return size == 0 ? Double.POSITIVE_INFINITY : times[0];
  }

  /** Returns the number at a place from 0 up to the size; place 0 holds the earliest. */
  public int at(int place) {
    return ids[place];
  }

  public void clear() {
    size = 0;
  }

  public void add(double time, int id) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) / WIDTH;
      if (times[parent] <= time) {
        break;
      }
      times[hole] = times[parent];
      ids[hole] = ids[parent];
      hole = parent;
    }
    times[hole] = time;
    ids[hole] = id;
  }

  /** Removes the earliest and returns its number; there must be one. */
  public int removeFirst() {
    int first = ids[0];
    size--;
    if (size > 0) {
      sink(times[size], ids[size]);
    }
    return first;
  }

  private void sink(double time, int id) {
    int hole = 0;
    int child = 1;
    while (child < size) {
      int least = child;
      int end = Math.min(child + WIDTH, size);
      for (int other = child + 1; other < end; other++) {
        if (times[other] < times[least]) {
          least = other;
        }
      }
      if (times[least] >= time) {
        break;
      }
      times[hole] = times[least];
      ids[hole] = ids[least];
      hole = least;
      child = hole * WIDTH + 1;
    }
    times[hole] = time;
    ids[hole] = id;
  }
}
