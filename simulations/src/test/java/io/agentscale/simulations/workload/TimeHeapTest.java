// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Events out of order would make time run backwards, silently. */
final class TimeHeapTest {

  @Test
  void removeFirst_isAlwaysTheEarliest() {
    var random = new SplittableRandom(3);
    var heap = new TimeHeap(1);
    var reference = new PriorityQueue<Double>();
    double[] times = new double[20_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = random.nextDouble();
      heap.add(times[i], i);
      reference.add(times[i]);
      while (reference.size() > 50 || (!reference.isEmpty() && random.nextInt(3) == 0)) {
        double expected = reference.remove();
        assertThat(heap.firstTime()).isEqualTo(expected);
        assertThat(times[heap.removeFirst()]).isEqualTo(expected);
      }
      assertThat(heap.size()).isEqualTo(reference.size());
    }
  }
}
