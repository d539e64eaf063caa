// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.forecast.Accuracy;
import io.agentscale.core.forecast.ExpertShare;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.Seasonality;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.policy.Foresight;
import java.nio.DoubleBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A foresight as plain numbers, a fifth of the size of its objects; nothing of it is lost.
 *
 * <p>The verdict is not kept: it follows from the accuracy.
 */
final class PackedForesight {
  private final double[] figures;
  private final String leadSource;
  private final String unknownBecause;
  private final List<String> experts;
  private final Seasonality seasonality;

  private PackedForesight(
      double[] figures,
      String leadSource,
      String unknownBecause,
      List<String> experts,
      Seasonality seasonality) {
    this.figures = figures;
    this.leadSource = leadSource;
    this.unknownBecause = unknownBecause;
    this.experts = experts;
    this.seasonality = seasonality;
  }

  static PackedForesight of(Foresight foresight) {
    ForecastExplanation explained = foresight.forecast();
    DoubleBuffer into = DoubleBuffer.allocate(size(explained));
    into.put((double) foresight.lead().toMillis()).put((double) explained.horizon().toMillis());
    put(explained.accuracy(), into);
    into.put(explained.shares().size());
    explained.shares().forEach(share -> into.put(share.weight()).put(share.value()));
    String cause = "";
    Seasonality seasonality = Seasonality.UNDECIDED;
    switch (explained.forecast()) {
      case Forecast.Known known -> {
        put(known, into);
        seasonality = known.knowledge().seasonality();
      }
      case Forecast.Unknown(String because) -> cause = because;
    }
    List<String> experts = explained.shares().stream().map(ExpertShare::name).toList();
    return new PackedForesight(into.array(), foresight.leadSource(), cause, experts, seasonality);
  }

  private static int size(ForecastExplanation explained) {
    int known =
        explained.forecast() instanceof Forecast.Known forecast
            ? 6 + 2 * forecast.quantiles().size()
            : 0;
    return 2
        + 6
        + 3 * explained.accuracy().quantiles().size()
        + 1
        + 2 * explained.shares().size()
        + known;
  }

  private static void put(Accuracy accuracy, DoubleBuffer into) {
    into.put((double) accuracy.outcomes()).put(accuracy.meanAbsoluteError()).put(accuracy.bias());
    into.put(accuracy.againstNaive().orElse(Double.NaN));
    into.put(accuracy.againstSeasonalNaive().orElse(Double.NaN));
    into.put(accuracy.quantiles().size());
    accuracy.quantiles().forEach(q -> into.put(q.p()).put(q.pinball()).put(q.coverage()));
  }

  private static void put(Forecast.Known known, DoubleBuffer into) {
    into.put((double) known.from().toEpochMilli())
        .put((double) known.at().toEpochMilli())
        .put(known.value());
    into.put(known.quantiles().size());
    known.quantiles().forEach(quantile -> into.put(quantile.p()).put(quantile.value()));
    into.put((double) known.knowledge().history().toMillis());
    into.put((double) known.knowledge().outcomes());
  }

  /**
   * Returns the foresight as it was.
   *
   * @param gate it was judged by
   */
  Foresight unpack(SkillGate gate) {
    DoubleBuffer from = DoubleBuffer.wrap(figures);
    Duration lead = Duration.ofMillis((long) from.get());
    Duration horizon = Duration.ofMillis((long) from.get());
    Accuracy accuracy = accuracy(from);
    List<ExpertShare> shares = shares(from);
    if (!from.hasRemaining()) {
      return new Foresight(
          lead,
          leadSource,
          new ForecastExplanation(
              horizon,
              new Forecast.Unknown(unknownBecause),
              accuracy,
              new SkillGate.Verdict(false, "nothing is forecast"),
              shares));
    }
    return new Foresight(
        lead,
        leadSource,
        new ForecastExplanation(horizon, known(from), accuracy, gate.judge(accuracy), shares));
  }

  private static Accuracy accuracy(DoubleBuffer from) {
    long outcomes = (long) from.get();
    double error = from.get();
    double bias = from.get();
    OptionalDouble naive = optional(from.get());
    OptionalDouble seasonal = optional(from.get());
    int count = (int) from.get();
    List<Accuracy.OfQuantile> quantiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      quantiles.add(new Accuracy.OfQuantile(from.get(), from.get(), from.get()));
    }
    return new Accuracy(outcomes, error, bias, naive, seasonal, quantiles);
  }

  private List<ExpertShare> shares(DoubleBuffer from) {
    int count = (int) from.get();
    List<ExpertShare> shares = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shares.add(new ExpertShare(experts.get(i), from.get(), from.get()));
    }
    return shares;
  }

  private Forecast.Known known(DoubleBuffer from) {
    Instant based = Instant.ofEpochMilli((long) from.get());
    Instant at = Instant.ofEpochMilli((long) from.get());
    double value = from.get();
    int count = (int) from.get();
    List<Forecast.Quantile> quantiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      quantiles.add(new Forecast.Quantile(from.get(), from.get()));
    }
    Forecast.Knowledge knowledge =
        new Forecast.Knowledge(
            Duration.ofMillis((long) from.get()), (long) from.get(), seasonality);
    return new Forecast.Known(based, at, value, quantiles, knowledge);
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
