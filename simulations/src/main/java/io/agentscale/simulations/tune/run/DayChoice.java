// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.run;

import io.agentscale.simulations.score.Portion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which days stand for all: the one with the most late runs, and others spread evenly. */
final class DayChoice {
  private DayChoice() {}

  /** Returns the indexes of {@code count} days, or of all if there are fewer, in order. */
  static List<Integer> of(List<Portion> days, int count) {
    TreeSet<Integer> chosen = new TreeSet<>();
    IntStream.range(0, days.size())
        .boxed()
        .max(Comparator.<Integer>comparingDouble(day -> days.get(day).late()))
        .ifPresent(chosen::add);
    for (int i = 0; i < Math.min(count, days.size()) - 1; i++) {
      int day = (int) ((i + 0.5) * days.size() / (count - 1));
      while (chosen.contains(day)) {
        day = (day + 1) % days.size();
      }
      chosen.add(day);
    }
    return new ArrayList<>(chosen);
  }
}
