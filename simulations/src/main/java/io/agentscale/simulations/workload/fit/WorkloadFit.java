// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import io.agentscale.simulations.workload.ClosedLoop;
import io.agentscale.simulations.workload.ClosedPod;
import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.PodModel.Crowding;
import io.agentscale.simulations.workload.PodModel.Hazard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fits a pod model to a measured table.
 *
 * <p>In a load test with always the same number of runs, throughput follows from the mean, so three
 * things are fitted one after the other: delay, work and crowding to the means (exactly computed;
 * the relative errors' squares are least), the two spreads to the 99th percentiles (simulated with
 * the same random numbers each time), and the hazard to the shares that failed.
 */
public final class WorkloadFit {
  private static final int TRIAL_RUNS = 40_000;
  private static final int FINAL_RUNS = 400_000;
  private static final long SEED = 20_260_101;

  private final double cores;
  private final List<MeasuredRow> rows;

  /**
   * A fitted model and how well it fits.
   *
   * @param model fitted
   * @param rows one a measured row
   */
  public record Fitted(PodModel model, List<FittedRow> rows) {
    public Fitted {
      rows = List.copyOf(rows);
    }

    public double meanRmsPercent() {
      return rms(rows.stream().mapToDouble(FittedRow::meanErrorPercent).toArray());
    }

    public double p99RmsPercent() {
      return rms(
          rows.stream()
              .filter(row -> row.measured().p99Millis().isPresent())
              .mapToDouble(FittedRow::p99ErrorPercent)
              .toArray());
    }

    private static double rms(double[] errors) {
      double sum = 0;
      for (double error : errors) {
        sum += error * error;
      }
      return errors.length == 0 ? 0 : Math.sqrt(sum / errors.length);
    }
  }

  /**
   * Prepares a fit.
   *
   * @param cores of the pod
   * @param rows at least three, of different concurrency
   */
  public WorkloadFit(double cores, List<MeasuredRow> rows) {
    this.cores = cores;
    this.rows = rows.stream().sorted(Comparator.comparingInt(MeasuredRow::concurrency)).toList();
    long different = rows.stream().mapToInt(MeasuredRow::concurrency).distinct().count();
    if (different < 3 || different < rows.size()) {
      throw new IllegalArgumentException(
          "rows: must be at least 3, each of another concurrency, were %d of %d concurrencies"
              .formatted(rows.size(), different));
    }
  }

  /** Returns the best model. */
  public Fitted fit() {
    PodModel means = fitMeans();
    PodModel spread = fitSpreads(means);
    PodModel fitted = spread.withHazard(fitHazard(spread));
    List<FittedRow> told = new ArrayList<>();
    for (MeasuredRow row : rows) {
      told.add(tell(fitted, row));
    }
    return new Fitted(fitted, told);
  }

  private PodModel fitMeans() {
    int most = rows.getLast().concurrency();
    double[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (int knee = rows.getFirst().concurrency(); knee < most; knee++) {
      int fixed = knee;
      var search = new Simplex(point -> meanError(model(point, fixed)));
      double[] found = search.minimize(start());
      double error = search.value(found);
      // Of knees that fit alike the lowest is kept; the table cannot tell them apart.
      if (error < least * 0.98) {
        least = error;
        best = new double[] {found[0], found[1], found[2], knee};
      }
    }
    return model(best, best[3]);
  }

  /** Begins with a run of the first row's mean, an eighth of it computing. */
  private double[] start() {
    double mean = rows.getFirst().meanMillis() / 1000;
    return new double[] {mean * 0.7, mean * 0.2, 0.03};
  }

  private PodModel model(double[] point, double knee) {
    return PodModel.of(
            "fitted",
            cores,
            new Distribution.Lognormal(Math.abs(point[0]), 0.3),
            new Distribution.Lognormal(Math.abs(point[1]) + 1e-6, 0.5))
        .withCrowding(new Crowding(knee, Math.abs(point[2])));
  }

  private double meanError(PodModel model) {
    double sum = 0;
    for (MeasuredRow row : rows) {
      double seconds = ClosedPod.of(model, row.concurrency()).meanSeconds();
      double error = seconds * 1000 / row.meanMillis() - 1;
      sum += error * error;
    }
    return sum;
  }

  private PodModel fitSpreads(PodModel model) {
    if (rows.stream().noneMatch(row -> row.p99Millis().isPresent())) {
      return model;
    }
    double step = 0.1;
    double[] best = {0.3, 0.5};
    double least = p99Error(spread(model, best));
    while (step > 0.02) {
      boolean better = false;
      for (double[] way : new double[][] {{step, 0}, {-step, 0}, {0, step}, {0, -step}}) {
        double[] tried = {Math.clamp(best[0] + way[0], 0, 2), Math.clamp(best[1] + way[1], 0, 2)};
        double error = p99Error(spread(model, tried));
        if (error < least) {
          least = error;
          best = tried;
          better = true;
        }
      }
      step = better ? step : step / 2;
    }
    return spread(model, best);
  }

  private static PodModel spread(PodModel model, double[] sigmas) {
    return PodModel.of(
            model.name(),
            model.cores(),
            new Distribution.Lognormal(model.delay().meanSeconds(), sigmas[0]),
            new Distribution.Lognormal(model.work().meanSeconds(), sigmas[1]))
        .withCrowding(model.crowding());
  }

  private double p99Error(PodModel model) {
    double sum = 0;
    for (MeasuredRow row : rows) {
      if (row.p99Millis().isPresent()) {
        double seconds = p99Seconds(model, row.concurrency(), TRIAL_RUNS);
        double error = seconds * 1000 / row.p99Millis().getAsDouble() - 1;
        sum += error * error;
      }
    }
    return sum;
  }

  private static double p99Seconds(PodModel model, int concurrency, int runs) {
    double[] seconds = new ClosedLoop(model).seconds(concurrency, runs, SEED);
    return seconds[(int) (0.99 * seconds.length)];
  }

  /**
   * Each row's failures make a hazard a second; a straight line is laid through those above 0, at
   * the least concurrencies the table allows.
   */
  private Hazard fitHazard(PodModel model) {
    List<double[]> points = new ArrayList<>();
    for (MeasuredRow row : rows) {
      double success = row.successPercent().orElse(100) / 100;
      if (success < 1) {
        double seconds = ClosedPod.of(model, row.concurrency()).meanSeconds();
        points.add(new double[] {row.concurrency(), -Math.log(success) / seconds});
      }
    }
    if (points.isEmpty()) {
      return Hazard.NONE;
    }
    double slope = slope(points);
    double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    return slope > 0 ? new Hazard(Math.max(0, x - y / slope), slope) : new Hazard(0, y / x);
  }

  private static double slope(List<double[]> points) {
    double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (double[] point : points) {
      above += (point[0] - x) * (point[1] - y);
      below += (point[0] - x) * (point[0] - x);
    }
    return below > 0 ? above / below : 0;
  }

  private static FittedRow tell(PodModel model, MeasuredRow row) {
    ClosedPod closed = ClosedPod.of(model, row.concurrency());
    double hazard = model.hazard().perSecond(row.concurrency());
    return new FittedRow(
        row,
        closed.meanSeconds() * 1000,
        p99Seconds(model, row.concurrency(), FINAL_RUNS) * 1000,
        100 * Math.exp(-hazard * closed.meanSeconds()),
        closed.runsPerSecond());
  }
}
