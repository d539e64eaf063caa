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
 * Sums instead of the recursive inverse stay accurate however long they fade. Of a symmetric matrix
 * the lower half is kept, row after row.
 */
final class Regression {
  private static final double RIDGE = 0.005;
  private static final double DELTA = 0.7;
  private static final double MEMORY_DAYS = 2;

  private final int p;
  private final double keep;
  private final double errorMemory;
  private final float[] a;
  private final double[] b;
  private final Workspace workspace;
  private final double[] coefficients;
  private double meanError;
  private long lessons;

  /** Where regressions that are used by one thread solve their systems, one after the other. */
  static final class Workspace {
    private final double[] factor;

    /**
     * @param p coefficients at most
     */
    Workspace(int p) {
      factor = new double[row(p)];
    }
  }

  Regression(int p, Grid grid, Workspace workspace) {
    this.p = p;
    this.workspace = workspace;
    // Half forgotten after two days: longer memories scored worse on every kind of series.
    this.keep = 1 - grid.forgetting(MEMORY_DAYS);
    this.errorMemory = 2.0 * grid.day() / grid.stride();
    this.a = new float[row(p)];
    this.b = new double[p];
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

  /** Returns where row {@code i} of a lower half begins. */
  private static int row(int i) {
    return i * (i + 1) / 2;
  }

  private void add(double[] x, double y, double weight) {
    for (int i = 0; i < p; i++) {
      double wx = weight * x[i];
      int row = row(i);
      for (int j = 0; j <= i; j++) {
        a[row + j] = (float) (keep * a[row + j] + wx * x[j]);
      }
      b[i] = keep * b[i] + wx * y;
    }
  }

  /** Solves by Cholesky's factorisation; a feature that never varied gets the coefficient zero. */
  private void solve() {
    double trace = 0;
    for (int i = 0; i < p; i++) {
      trace += a[row(i) + i];
    }
    if (trace <= 0) {
      Arrays.fill(coefficients, 0);
      return;
    }
    double[] factor = workspace.factor;
    factorise(trace, factor);
    for (int i = 0; i < p; i++) {
      int row = row(i);
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[row + k] * coefficients[k];
      }
      coefficients[i] = sum / factor[row + i];
    }
    for (int i = p - 1; i >= 0; i--) {
      double sum = coefficients[i];
      for (int k = i + 1; k < p; k++) {
        sum -= factor[row(k) + i] * coefficients[k];
      }
      coefficients[i] = sum / factor[row(i) + i];
    }
  }

  private void factorise(double trace, double[] factor) {
    for (int i = 0; i < p; i++) {
      int row = row(i);
      for (int j = 0; j < i; j++) {
        int column = row(j);
        factor[row + j] = (a[row + j] - inner(factor, row, column, j)) / factor[column + j];
      }
      double pivot = a[row + i] * (1 + RIDGE) + 1e-9 * trace - inner(factor, row, row, i);
      factor[row + i] = Math.sqrt(Math.max(pivot, 1e-12 * trace));
    }
  }

  /** Returns the product of the first {@code count} figures of two rows. */
  private static double inner(double[] factor, int one, int other, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += factor[one + k] * factor[other + k];
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
