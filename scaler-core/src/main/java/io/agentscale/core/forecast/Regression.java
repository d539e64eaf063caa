// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import java.util.Arrays;

/**
 * Robust ridge regression that forgets: each lesson {@code (x, y)} adds to {@code A = sum w x x'}
 * and {@code b = sum w x y}, both fading; the coefficients solve {@code (A + ridge diag A) c = b}.
 *
 * <p>The weight {@code w = 1 / max(|e|, delta s)}, with {@code e} the lesson's error and {@code s}
 * the recent mean of {@code |e|}, is one step of iteratively reweighted least squares towards the
 * least absolute error (Huber, 1964; Schlossmacher, 1973), so that one spike does not tilt the fit.
 * Sums instead of the recursive inverse stay accurate however long they fade.
 */
final class Regression {
  private static final double RIDGE = 0.005;
  private static final double DELTA = 0.7;
  private static final double MEMORY_DAYS = 2;

  private final int p;
  private final double keep;
  private final double errorMemory;
  private final double[] a;
  private final double[] b;
  private final double[] factor;
  private final double[] coefficients;
  private double meanError;
  private long lessons;

  Regression(int p, Grid grid) {
    this.p = p;
    // Half forgotten after two days: longer memories scored worse on every kind of series.
    this.keep = 1 - grid.forgetting(MEMORY_DAYS);
    this.errorMemory = 2.0 * grid.day() / grid.stride();
    this.a = new double[p * p];
    this.b = new double[p];
    this.factor = new double[p * p];
    this.coefficients = new double[p];
  }

  double predict(double[] x) {
    double sum = 0;
    for (int i = 0; i < p; i++) {
      sum += coefficients[i] * x[i];
    }
    return sum;
  }

  void learn(double[] x, double y) {
    double error = Math.abs(y - predict(x));
    lessons++;
    meanError += (error - meanError) / Math.min((double) lessons, errorMemory);
    double floor = DELTA * meanError;
    if (error > 0 || floor > 0) {
      add(x, y, 1 / Math.max(error, floor));
    }
    // Coefficients move slowly: a large system is solved every few lessons, a small one at each.
    if (lessons > 2L * p && lessons % (1 + p / 8) == 0) {
      solve();
    }
  }

  private void add(double[] x, double y, double weight) {
    for (int i = 0; i < p; i++) {
      double wx = weight * x[i];
      int row = i * p;
      for (int j = 0; j <= i; j++) {
        a[row + j] = keep * a[row + j] + wx * x[j];
      }
      b[i] = keep * b[i] + wx * y;
    }
  }

  /** Solves by Cholesky's factorisation; a feature that never varied gets the coefficient zero. */
  private void solve() {
    double trace = 0;
    for (int i = 0; i < p; i++) {
      trace += a[i * p + i];
    }
    if (trace <= 0) {
      Arrays.fill(coefficients, 0);
      return;
    }
    factorise(trace);
    for (int i = 0; i < p; i++) {
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * p + k] * coefficients[k];
      }
      coefficients[i] = sum / factor[i * p + i];
    }
    for (int i = p - 1; i >= 0; i--) {
      double sum = coefficients[i];
      for (int k = i + 1; k < p; k++) {
        sum -= factor[k * p + i] * coefficients[k];
      }
      coefficients[i] = sum / factor[i * p + i];
    }
  }

  private void factorise(double trace) {
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < i; j++) {
        factor[i * p + j] = (a[i * p + j] - inner(i, j)) / factor[j * p + j];
      }
      double pivot = a[i * p + i] * (1 + RIDGE) + 1e-9 * trace - inner(i, i);
      factor[i * p + i] = Math.sqrt(Math.max(pivot, 1e-12 * trace));
    }
  }

  private double inner(int i, int j) {
    double sum = 0;
    for (int k = 0; k < j; k++) {
      sum += factor[i * p + k] * factor[j * p + k];
    }
    return sum;
  }

  void archive(Archive archive) {
    archive.of(a);
    archive.of(b);
    archive.of(coefficients);
    meanError = archive.of(meanError);
    lessons = archive.of(lessons);
  }
}
