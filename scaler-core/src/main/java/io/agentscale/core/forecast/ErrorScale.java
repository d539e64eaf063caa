// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

/**
 * How large an error to expect: the geometric mean of the recent error, the error usual at this
 * time of day, the experts' disagreement, and the level.
 *
 * <p>Residuals divided by it are nearly alike at all hours, so few of them give sharp quantiles. A
 * mean of several scales beat each alone, and the root of level times recent error, on the series
 * kept in view.
 */
final class ErrorScale {
  private final Grid grid;
  private final double recentRate;
  private final double longRate;
  private final double slotRate;
  private final Errors usual;
  private double recent;
  private double overall;
  private double level;
  private long lessons;

  ErrorScale(Grid grid) {
    this.grid = grid;
    this.recentRate = grid.forgetting(2.0 / 24);
    this.longRate = (double) grid.stride() / grid.week();
    // A quarter a day, spread over the lessons that reach a slot.
    this.slotRate = 0.25 / (1 + reach()) * grid.stride() / Math.max(grid.stride(), grid.block());
    this.usual = new Errors(grid.slots());
  }

  /** Slots either side of the present one that an error is remembered in: half an hour. */
  private int reach() {
    return grid.hour() / grid.block() / 2;
  }

  /**
   * Returns the scale of the error of {@code forecast} for bucket {@code t}.
   *
   * @param disagreement the experts' mean distance from their mean
   */
  double at(long t, double forecast, double disagreement) {
    double floor = 0.02 * overall + 1e-3 * level + Double.MIN_NORMAL;
    double typical = usual.get(grid.slot(t));
    double product =
        (recent + floor)
            * ((typical > 0 ? typical : overall) + floor)
            * (disagreement + floor)
            * (Math.max(Math.abs(forecast), 0.02 * level) + floor);
    return Math.max(Math.sqrt(Math.sqrt(product)), floor);
  }

  void learn(long t, double actual, double error) {
    lessons++;
    double size = Math.abs(error);
    overall += (size - overall) * Math.max(longRate, 1.0 / lessons);
    recent += (size - recent) * Math.max(recentRate, 1.0 / lessons);
    level += (Math.abs(actual) - level) * Math.max(longRate, 1.0 / lessons);
    int slots = grid.slots();
    int slot = grid.slot(t);
    for (int o = -reach(); o <= reach(); o++) {
      int i = Math.floorMod(slot + o, slots);
      double known = usual.get(i);
      usual.set(i, known == 0 ? size : known + slotRate * (size - known));
    }
  }

  void archive(Archive archive) {
    recent = archive.of(recent);
    overall = archive.of(overall);
    level = archive.of(level);
    lessons = archive.of(lessons);
    usual.archive(archive);
  }
}
