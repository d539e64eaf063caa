// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.workload.fit;

import io.agentscale.simulations.workload.Distribution;
import io.agentscale.simulations.workload.PodModel;
import io.agentscale.simulations.workload.fit.WorkloadFit.Fitted;
import java.util.Locale;
import java.util.OptionalDouble;

/** A fitted model as text for people and for scenarios. */
final class FitText {
  private FitText() {}

  /** Returns the model and, a row a measurement, what it says beside what was measured. */
  static String table(Fitted fitted) {
    PodModel model = fitted.model();
    var text = new StringBuilder();
    line(text, "delay       %s", lognormal(model.delay()));
    line(text, "work        %s, on %s cores", lognormal(model.work()), number(model.cores()));
    line(
        text,
        "crowding    work takes 1 + %.4f x (runs - %s) times as long above %s runs",
        model.crowding().perRun(),
        number(model.crowding().knee()),
        number(model.crowding().knee()));
    line(
        text,
        "failures    %.3g a second for each run above %.1f",
        model.hazard().perRun(),
        model.hazard().knee());
    line(
        text,
        "errors      mean %.1f %% rms, p99 %.1f %% rms%n",
        fitted.meanRmsPercent(),
        fitted.p99RmsPercent());
    line(
        text,
        "%11s  %8s %8s %7s  %8s %8s %7s  %8s %8s  %6s %6s",
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
    fitted.rows().forEach(row -> row(text, row));
    return text.toString();
  }

  private static void row(StringBuilder text, FittedRow row) {
    MeasuredRow measured = row.measured();
    line(
        text,
        "%11d  %8.0f %8.0f %+6.1f%%  %8s %8.0f %7s  %8s %7.2f%%  %6s %6.2f",
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
    var text = new StringBuilder();
    line(
        text,
        "# fitted: mean %.1f %% rms, p99 %.1f %% rms",
        fitted.meanRmsPercent(),
        fitted.p99RmsPercent());
    line(text, "pod:");
    line(text, "  name: %s", model.name());
    line(text, "  cores: %s", number(model.cores()));
    line(text, "  delay: %s", flow(model.delay()));
    line(text, "  work: %s", flow(model.work()));
    line(
        text,
        "  crowding: {knee: %s, perRun: %.5f}",
        number(model.crowding().knee()),
        model.crowding().perRun());
    line(
        text,
        "  hazard: {knee: %.3f, perRun: %.8f}",
        model.hazard().knee(),
        model.hazard().perRun());
    return text.toString();
  }

  private static String flow(Distribution distribution) {
    return String.format(
        Locale.ROOT,
        "{lognormal: {meanSeconds: %.5f, sigma: %s}}",
        distribution.meanSeconds(),
        sigma(distribution));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
