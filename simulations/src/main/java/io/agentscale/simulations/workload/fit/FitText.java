// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.fit.WorkloadFit.Fitted;
import java.util.Formatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** A fitted model as text for people and for scenarios. */
final class FitText {
  private FitText() {}

  /** Returns the model and, a row a measurement, what it says beside what was measured. */
  static String table(Fitted fitted) {
    PodModel model = fitted.model();
    var out = new Formatter(Locale.ROOT);
    out.format("delay       %s\n", lognormal(model.delay()));
    out.format("work        %s, on %s cores\n", lognormal(model.work()), number(model.cores()));
    out.format(
        "crowding    work takes 1 + %.4f x (runs - %s) times as long above %s runs\n",
        model.crowding().perRun(),
        number(model.crowding().knee()),
        number(model.crowding().knee()));
    out.format(
        "failures    %.3g a second for each run above %.1f\n",
        model.hazard().perRun(), model.hazard().knee());
    out.format(
        "errors      mean %.1f %% rms, p99 %.1f %% rms\n\n",
        fitted.meanRmsPercent(), fitted.p99RmsPercent());
    out.format(
        "%11s  %8s %8s %7s  %8s %8s %7s  %8s %8s  %6s %6s\n",
        "CONCURRENCY",
        "MEAN ms",
        "MODEL",
        "ERROR",
        "P99 ms",
        "MODEL",
        "ERROR",
        "SUCCESS",
        "MODEL",
        "REQ/S",
        "MODEL");
    fitted.rows().forEach(row -> row(out, row));
    return out.toString();
  }

  private static void row(Formatter out, FittedRow row) {
    MeasuredRow measured = row.measured();
    out.format(
        "%11d  %8.0f %8.0f %+6.1f%%  %8s %8.0f %7s  %8s %7.2f%%  %6s %6.2f\n",
        measured.concurrency(),
        measured.meanMillis(),
        row.meanMillis(),
        row.meanErrorPercent(),
        known(measured.p99Millis(), "%.0f"),
        row.p99Millis(),
        measured.p99Millis().isPresent()
            ? String.format(Locale.ROOT, "%+.1f%%", row.p99ErrorPercent())
            : "-",
        known(measured.successPercent(), "%.1f%%"),
        row.successPercent(),
        known(measured.requestsPerSecond(), "%.1f"),
        row.requestsPerSecond());
  }

  private static String known(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }

  private static String lognormal(Distribution distribution) {
    return String.format(
        Locale.ROOT, "%.4f s, lognormal sigma %s", distribution.meanSeconds(), sigma(distribution));
  }

  private static String sigma(Distribution distribution) {
    return distribution instanceof Distribution.Lognormal spread
        ? String.format(Locale.ROOT, "%.3f", spread.sigma())
        : "0";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Returns the model as the {@code pod:} of a scenario. */
  static String yaml(Fitted fitted) {
    PodModel model = fitted.model();
    var out = new Formatter(Locale.ROOT);
    out.format(
        "# fitted: mean %.1f %% rms, p99 %.1f %% rms\n",
        fitted.meanRmsPercent(), fitted.p99RmsPercent());
    out.format("pod:\n");
    out.format("  name: %s\n", model.name());
    out.format("  cores: %s\n", number(model.cores()));
    out.format("  delay: %s\n", flow(model.delay()));
    out.format("  work: %s\n", flow(model.work()));
    out.format(
        "  crowding: {knee: %s, perRun: %.5f}\n",
        number(model.crowding().knee()), model.crowding().perRun());
    out.format(
        "  hazard: {knee: %.3f, perRun: %.8f}\n", model.hazard().knee(), model.hazard().perRun());
    return out.toString();
  }

  private static String flow(Distribution distribution) {
    return String.format(
        Locale.ROOT,
        "{lognormal: {meanSeconds: %.5f, sigma: %s}}",
        distribution.meanSeconds(),
        sigma(distribution));
  }
}
