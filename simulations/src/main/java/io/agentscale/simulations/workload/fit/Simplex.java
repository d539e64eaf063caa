// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** Looks for the least value of a function by a simplex (Nelder and Mead, 1965). */
final class Simplex {
  private static final int ROUNDS = 400;

  private final ToDoubleFunction<double[]> function;

  Simplex(ToDoubleFunction<double[]> function) {
    this.function = function;
  }

  double value(double[] point) {
    return function.applyAsDouble(point);
  }

  double[] minimize(double[] start) {
    double[][] corners = new double[start.length + 1][];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = start.clone();
      if (i > 0) {
        corners[i][i - 1] *= 1.3;
      }
    }
    Comparator<double[]> byValue = Comparator.comparingDouble(this::value);
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.sort(corners, byValue);
      improve(corners);
    }
    Arrays.sort(corners, byValue);
    return corners[0];
  }

  private void improve(double[][] corners) {
    int last = corners.length - 1;
    double[] centre = new double[last];
    for (int i = 0; i < last; i++) {
      for (int k = 0; k < last; k++) {
        centre[k] += corners[i][k] / last;
      }
    }
    double[] worst = corners[last];
    double[] reflected = along(centre, worst, -1);
    if (value(reflected) < value(corners[0])) {
      double[] further = along(centre, worst, -2);
      corners[last] = value(further) < value(reflected) ? further : reflected;
    } else if (value(reflected) < value(corners[last - 1])) {
      corners[last] = reflected;
    } else {
      contract(corners, centre);
    }
  }

  private void contract(double[][] corners, double[] centre) {
    int last = corners.length - 1;
    double[] nearer = along(centre, corners[last], 0.5);
    if (value(nearer) < value(corners[last])) {
      corners[last] = nearer;
      return;
    }
    for (int i = 1; i <= last; i++) {
      corners[i] = along(corners[0], corners[i], 0.5);
    }
  }

  private static double[] along(double[] from, double[] to, double way) {
    double[] point = new double[from.length];
    for (int k = 0; k < point.length; k++) {
      point[k] = from[k] + way * (to[k] - from[k]);
    }
    return point;
  }
}
