// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.event;

/** Runs waiting outside pods, first come first served: a ring. */
final class RunLine {
  private int[] runs = new int[64];
  private int head;
  private int size;

  int size() {
    return size;
  }

  void add(int run) {
    if (size == runs.length) {
      int[] larger = new int[2 * size];
      for (int i = 0; i < size; i++) {
        larger[i] = runs[(head + i) & (size - 1)];
      }
      runs = larger;
      head = 0;
    }
    runs[(head + size) & (runs.length - 1)] = run;
    size++;
  }

  int first() {
    return runs[head];
  }

  int takeFirst() {
    int run = first();
    head = (head + 1) & (runs.length - 1);
    size--;
    return run;
  }
}
