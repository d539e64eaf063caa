// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.forecast;

import java.util.List;
import java.util.Locale;

/** A line chart as an SVG element; values are included first, then drawn. */
final class Chart {
  private static final int WIDTH = 1060;
  private static final int LEFT = 70;
  private static final int BOTTOM = 22;

  private final double from;
  private final double to;
  private final int height;
  private final StringBuilder marks = new StringBuilder();
  private final StringBuilder labels = new StringBuilder();
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /**
   * Makes an empty chart.
   *
   * @param from the x of the left edge
   * @param to the x of the right edge
   * @param height in pixels
   */
  Chart(double from, double to, int height) {
    this.from = from;
    this.to = to;
    this.height = height;
  }

  void include(double y) {
    if (Double.isFinite(y)) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }

  private double x(double x) {
    return LEFT + (x - from) / (to - from) * (WIDTH - LEFT);
  }

  private double y(double y) {
    double span = high > low ? high - low : 1;
    // An edge of a band may lie far outside what is drawn.
    double share = Math.clamp((y - low) / span, -0.2, 1.2);
    return (height - BOTTOM) * (1 - 0.05 - 0.9 * share);
  }

  void tick(double x, String label) {
    labels.append(
        String.format(
            Locale.ROOT,
            "<line class=\"grid\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>",
            x(x),
            x(x),
            height - BOTTOM));
    labels.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", x(x) + 3, height - 6, label));
  }

  /** Draws the area between the outermost quantiles. */
  void band(List<Backtest.Made> made) {
    StringBuilder points = new StringBuilder();
    for (Backtest.Made m : made) {
      point(points, m.target(), m.upper());
    }
    for (Backtest.Made m : made.reversed()) {
      point(points, m.target(), m.lower());
    }
    marks.append("<polygon class=\"band\" points=\"").append(points).append("\"/>");
  }

  private void point(StringBuilder points, double x, double y) {
    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(x), y(y)));
  }

  /** Begins a line of a CSS class. */
  Line line(String style) {
    return new Line(style);
  }

  /** A line that breaks where a value is unknown. */
  final class Line {
    private final String style;
    private final StringBuilder path = new StringBuilder();
    private boolean isDown;

    private Line(String style) {
      this.style = style;
    }

    void to(double x, double y) {
      if (Double.isFinite(y)) {
        path.append(
            String.format(Locale.ROOT, "%s%.1f %.1f", isDown ? "L" : "M", x(x), Chart.this.y(y)));
      }
      isDown = Double.isFinite(y);
    }

    void end() {
      marks.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>", style, path));
    }
  }

  String svg(String title) {
    StringBuilder scale = new StringBuilder();
    for (int i = 0; i <= 2 && high >= low; i++) {
      double value = low + i / 2.0 * (high - low);
      scale.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT,
              WIDTH,
              y(value),
              y(value)));
      scale.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>",
              LEFT - 6,
              y(value) + 4,
              value));
    }
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>%s%s%s</svg>%n",
        WIDTH,
        height,
        title,
        scale,
        labels,
        marks);
  }
}
