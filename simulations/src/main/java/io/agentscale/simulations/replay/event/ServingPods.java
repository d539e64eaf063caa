// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

import java.util.Arrays;

/**
 * The pods that take runs, by how many they have: a list of pods for each number of runs, so that
 * the one with the fewest is always at hand.
 */
final class ServingPods {
  private static final int NONE = -1;

  // By pod.
  private int[] runs = new int[16];
  private int[] previous = new int[16];
  private int[] following = new int[16];
  private int[] place = new int[16];
  // By number of runs.
  private int[] head = new int[32];
  private int[] tail = new int[32];
  // In no order, to choose any.
  private int[] members = new int[16];
  private int size;
  private int fewest;

  ServingPods() {
    Arrays.fill(head, NONE);
    Arrays.fill(tail, NONE);
  }

  int size() {
    return size;
  }

  int member(int index) {
    return members[index];
  }

  int runs(int pod) {
    return runs[pod];
  }

  /** Returns the pod with the fewest runs, of several the one that got there first; -1 if none. */
  int first() {
    return size == 0 ? NONE : head[fewest];
  }

  void add(int pod) {
    if (pod >= runs.length) {
      int length = Math.max(pod + 1, 2 * runs.length);
      runs = Arrays.copyOf(runs, length);
      previous = Arrays.copyOf(previous, length);
      following = Arrays.copyOf(following, length);
      place = Arrays.copyOf(place, length);
      members = Arrays.copyOf(members, length);
    }
    runs[pod] = 0;
    place[pod] = size;
    members[size++] = pod;
    append(pod, 0);
    fewest = 0;
  }

  void remove(int pod) {
    unlink(pod);
    size--;
    int moved = members[size];
    members[place[pod]] = moved;
    place[moved] = place[pod];
    while (size > 0 && head[fewest] == NONE) {
      fewest++;
    }
  }

  /** The pod has one run more. */
  void more(int pod) {
    int count = runs[pod];
    unlink(pod);
    append(pod, count + 1);
    if (count == fewest && head[count] == NONE) {
      // The pod itself has the fewest now, or others as many.
      fewest++;
    }
  }

  /** The pod has one run fewer. */
  void fewer(int pod) {
    int count = runs[pod];
    unlink(pod);
    append(pod, count - 1);
    fewest = Math.min(fewest, count - 1);
  }

  private void append(int pod, int count) {
    if (count == head.length) {
      head = Arrays.copyOf(head, 2 * count);
      tail = Arrays.copyOf(tail, 2 * count);
      Arrays.fill(head, count, 2 * count, NONE);
      Arrays.fill(tail, count, 2 * count, NONE);
    }
    runs[pod] = count;
    int last = tail[count];
    previous[pod] = last;
    following[pod] = NONE;
    tail[count] = pod;
    if (last == NONE) {
      head[count] = pod;
    } else {
      following[last] = pod;
    }
  }

  private void unlink(int pod) {
    int count = runs[pod];
    int before = previous[pod];
    int after = following[pod];
    if (before == NONE) {
      head[count] = after;
    } else {
      following[before] = after;
    }
    if (after == NONE) {
      tail[count] = before;
    } else {
      previous[after] = before;
    }
  }
}
