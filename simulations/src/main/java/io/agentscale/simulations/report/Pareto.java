// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.report;

import java.util.List;

/**
 * What a search found, for a chart of late requests against cost.
 *
 * @param costLabel what cost is, such as {@code replica-hours / minimal}
 * @param evaluated every choice of settings tried
 * @param front those no other beats in both
 * @param baselines to compare with, the present settings among them
 * @param picked the one chosen, or none
 */
public record Pareto(
    String costLabel,
    List<Point> evaluated,
    List<Point> front,
    List<Point> baselines,
    List<Point> picked) {

  /**
   * One choice.
   *
   * @param name its settings, for people; may be empty
   * @param cost as the label says
   * @param latePercent of the runs
   */
  public record Point(String name, double cost, double latePercent) {}

  public Pareto {
    evaluated = List.copyOf(evaluated);
    front = List.copyOf(front);
    baselines = List.copyOf(baselines);
    picked = List.copyOf(picked);
  }
}
