// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.Seasonality;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.policy.Foresight;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes foresights one after the other as their figures, or reads them back; nothing of them is
 * lost. What seldom changes is in their {@link Frame}; accuracy, which changes only with a lesson,
 * is written when it did.
 *
 * <p>The verdict is not kept: it follows from the accuracy. What each expert said is not either.
 */
final class ForesightCode {
  /** Of what every foresight has, of ten bytes at most each. */
  private static final int MOST = 14 * 10;

  private static final OptionalDouble NONE = OptionalDouble.empty();

  private Accuracy accuracy = new Accuracy(0, 0, 0, NONE, NONE, List.of());

  /**
   * What is the same for many foresights in a row.
   *
   * @param unknownBecause empty if something was foreseen
   * @param quantiles foreseen
   * @param measured the quantiles whose accuracy is known
   */
  record Frame(
      String leadSource,
      String unknownBecause,
      Seasonality seasonality,
      List<Double> quantiles,
      List<Double> measured) {

    static Frame of(Foresight foresight) {
      List<Double> measured =
          foresight.forecast().accuracy().quantiles().stream().map(Accuracy.OfQuantile::p).toList();
      return switch (foresight.forecast().forecast()) {
        case Forecast.Known known ->
            new Frame(
                foresight.leadSource(),
                "",
                known.knowledge().seasonality(),
                known.quantiles().stream().map(Forecast.Quantile::p).toList(),
                measured);
        case Forecast.Unknown(String because) ->
            new Frame(foresight.leadSource(), because, Seasonality.UNDECIDED, List.of(), measured);
      };
    }
  }

  /** Returns how many bytes a foresight takes at most. */
  static int most(Frame frame) {
    int floats = frame.quantiles.size() + 2 * frame.measured.size();
    return MOST + Float.BYTES * floats;
  }

  void write(Foresight foresight, CodedOutputStream to) throws IOException {
    ForecastExplanation explained = foresight.forecast();
    to.writeSInt64NoTag(foresight.lead().toMillis());
    to.writeSInt64NoTag(explained.horizon().toMillis());
    boolean isNew = !explained.accuracy().equals(accuracy);
    to.writeBoolNoTag(isNew);
    if (isNew) {
      accuracy = explained.accuracy();
      write(accuracy, to);
    }
    boolean isKnown = explained.forecast() instanceof Forecast.Known;
    to.writeBoolNoTag(isKnown);
    if (explained.forecast() instanceof Forecast.Known known) {
      write(known, to);
    }
  }

  private static void write(Accuracy measured, CodedOutputStream to) throws IOException {
    to.writeSInt64NoTag(measured.outcomes());
    to.writeDoubleNoTag(measured.meanAbsoluteError());
    to.writeDoubleNoTag(measured.bias());
    to.writeDoubleNoTag(measured.againstNaive().orElse(Double.NaN));
    to.writeDoubleNoTag(measured.againstSeasonalNaive().orElse(Double.NaN));
    for (Accuracy.OfQuantile of : measured.quantiles()) {
      to.writeFloatNoTag((float) of.pinball());
      to.writeFloatNoTag((float) of.coverage());
    }
  }

  private static void write(Forecast.Known known, CodedOutputStream to) throws IOException {
    to.writeSInt64NoTag(known.from().toEpochMilli());
    to.writeSInt64NoTag(Duration.between(known.from(), known.at()).toMillis());
    to.writeDoubleNoTag(known.value());
    for (Forecast.Quantile quantile : known.quantiles()) {
      to.writeFloatNoTag((float) quantile.value());
    }
    to.writeSInt64NoTag(known.knowledge().history().toMillis());
    to.writeSInt64NoTag(known.knowledge().outcomes());
  }

  /**
   * Returns the foresight as it was.
   *
   * @param gate it was judged by
   */
  Foresight read(Frame frame, SkillGate gate, CodedInputStream from) throws IOException {
    Duration lead = Duration.ofMillis(from.readSInt64());
    Duration horizon = Duration.ofMillis(from.readSInt64());
    if (from.readBool()) {
      accuracy = accuracy(frame, from);
    }
    ForecastExplanation explained =
        from.readBool()
            ? new ForecastExplanation(
                horizon, known(frame, from), accuracy, gate.judge(accuracy), List.of())
            : new ForecastExplanation(
                horizon,
                new Forecast.Unknown(frame.unknownBecause),
                accuracy,
                new SkillGate.Verdict(false, "nothing is forecast"),
                List.of());
    return new Foresight(lead, frame.leadSource, explained);
  }

  private static Accuracy accuracy(Frame frame, CodedInputStream from) throws IOException {
    long outcomes = from.readSInt64();
    double error = from.readDouble();
    double bias = from.readDouble();
    OptionalDouble naive = optional(from.readDouble());
    OptionalDouble seasonal = optional(from.readDouble());
    List<Accuracy.OfQuantile> quantiles = new ArrayList<>();
    for (double p : frame.measured) {
      quantiles.add(new Accuracy.OfQuantile(p, from.readFloat(), from.readFloat()));
    }
    return new Accuracy(outcomes, error, bias, naive, seasonal, quantiles);
  }

  private static Forecast.Known known(Frame frame, CodedInputStream from) throws IOException {
    Instant based = Instant.ofEpochMilli(from.readSInt64());
    Instant at = based.plusMillis(from.readSInt64());
    double value = from.readDouble();
    List<Forecast.Quantile> quantiles = new ArrayList<>();
    for (double p : frame.quantiles) {
      quantiles.add(new Forecast.Quantile(p, from.readFloat()));
    }
    Duration history = Duration.ofMillis(from.readSInt64());
    long outcomes = from.readSInt64();
    return new Forecast.Known(
        based, at, value, quantiles, new Forecast.Knowledge(history, outcomes, frame.seasonality));
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
