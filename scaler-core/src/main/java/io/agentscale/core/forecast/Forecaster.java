// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.forecast;

import io.agentscale.core.metric.Sample;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts one series, sample by sample.
 *
 * <p>Samples fall into buckets of one step, whose mean is the value. As each bucket closes, every
 * horizon learns from the forecast made for it: eight experts (as now, recent steps, and six that
 * know yesterday, the last seven days or the last weeks) are {@linkplain Combination averaged} by
 * their recent errors, and {@linkplain Band calibrated} quantiles are laid around the mean. Seasons
 * are never assumed: experts that need one win only where there is one.
 *
 * <p>The same samples and times give the same forecasts, also across {@link #save()} and {@link
 * #restore}. Taking samples allocates nothing once the step is known. The state takes six bytes for
 * each step of a day and five bits for each of the two weeks and six days before, or six bytes for
 * each of three weeks at steps of five minutes and more, and 11 KB and more for each horizon, the
 * more the further it is: some 60 KB at steps of a minute with two horizons. Not safe for use by
 * several threads at once.
 */
public final class Forecaster {
  private static final long FORMAT = 0x6173_6663_0000_0002L;

  /** However little patience there is, a value is not too old before so many steps. */
  private static final long PATIENT_STEPS = 3;

  private final ForecastSettings settings;
  private final StepInference inference = new StepInference();
  private @Nullable SeriesModel model;
  private double openSum;
  private long openCount;

  public Forecaster(ForecastSettings settings) {
    this.settings = settings;
  }

  /** Returns the width of a bucket, once it is set or found. */
  public Optional<Duration> step() {
    return model == null ? settings.step() : Optional.of(model.step());
  }

  /**
   * Takes one sample, closing the buckets before its own.
   *
   * <p>Its time is believed: a sample dated ahead of its time makes those that follow late.
   */
  public Intake observe(Sample sample) {
    if (!Double.isFinite(sample.value())) {
      return Intake.NOT_A_NUMBER;
    }
    long second = sample.at().getEpochSecond();
    if (model == null) {
      return begin(second, sample.value());
    }
    return take(model, second, sample.value());
  }

  private Intake begin(long second, double value) {
    if (settings.step().isPresent()) {
      model = newModel(settings.step().get(), second);
      return take(model, second, value);
    }
    if (inference.count() > 0 && second < inference.second(inference.count() - 1)) {
      return Intake.LATE;
    }
    inference.add(second, value);
    Optional<Duration> step = inference.step();
    if (step.isPresent()) {
      SeriesModel begun = newModel(step.get(), inference.second(0));
      model = begun;
      for (int i = 0; i < inference.count(); i++) {
        take(begun, inference.second(i), inference.value(i));
      }
    }
    return Intake.TAKEN;
  }

  private SeriesModel newModel(Duration step, long second) {
    return new SeriesModel(step, settings.horizons(), settings.quantiles(), bucket(step, second));
  }

  private static long bucket(Duration step, long second) {
    return Math.floorDiv(second, step.toSeconds());
  }

  private Intake take(SeriesModel series, long second, double value) {
    long bucket = bucket(series.step(), second);
    if (bucket < series.nextBucket()) {
      return Intake.LATE;
    }
    SeriesModel current = series;
    if (series.isLost(bucket)) {
      current = newModel(series.step(), second);
      model = current;
      openCount = 0;
      openSum = 0;
    } else if (bucket > series.nextBucket()) {
      closeBefore(series, bucket, settings.absence());
    }
    openSum += value;
    openCount++;
    return Intake.TAKEN;
  }

  /** Closes the open bucket, and counts the empty ones up to {@code bucket} as absent. */
  private void closeBefore(SeriesModel series, long bucket, Absence absence) {
    closeOpen(series);
    while (series.nextBucket() < bucket) {
      switch (absence) {
        case UNKNOWN -> series.appendUnknown();
        case ZERO -> series.append(0);
      }
    }
  }

  private void closeOpen(SeriesModel series) {
    if (openCount > 0) {
      series.append(openSum / openCount);
      openSum = 0;
      openCount = 0;
    }
  }

  /**
   * Says what time it is: buckets that ended by {@code now} are complete. Silence after the newest
   * sample stays open unless absence means zero, since its samples may still come.
   */
  public void advance(Instant now) {
    SeriesModel series = model;
    if (series == null) {
      return;
    }
    long bucket = bucket(series.step(), now.getEpochSecond());
    if (openCount > 0 && bucket > series.nextBucket()) {
      closeOpen(series);
    }
    if (settings.absence() == Absence.ZERO
        && series.history().size() > 0
        && !series.isLost(bucket)
        && openCount == 0) {
      closeBefore(series, bucket, Absence.ZERO);
    }
  }

  /**
   * Returns what is foreseen one horizon after the newest complete bucket.
   *
   * @param horizon one of the settings' horizons
   */
  public Forecast forecast(Instant now, Duration horizon) {
    int index = indexOf(horizon);
    advance(now);
    SeriesModel series = model;
    if (series == null) {
      return new Forecast.Unknown(
          "step not known yet: %d of %d samples seen"
              .formatted(inference.count(), StepInference.SAMPLES));
    }
    Optional<String> obstacle = obstacle(series, now);
    if (obstacle.isPresent()) {
      return new Forecast.Unknown(obstacle.get());
    }
    HorizonModel of = series.model(index);
    Projection made = of.present(series.history());
    List<Forecast.Quantile> quantiles = new ArrayList<>(made.quantiles.length);
    for (int k = 0; k < made.quantiles.length; k++) {
      quantiles.add(new Forecast.Quantile(settings.quantiles().get(k), made.quantiles[k]));
    }
    return new Forecast.Known(
        start(series, made.origin),
        start(series, made.origin + SeriesModel.steps(horizon, series.step())),
        made.value,
        quantiles,
        new Forecast.Knowledge(series.observed(), of.outcomes(), of.seasonality(series.history())));
  }

  private Optional<String> obstacle(SeriesModel series, Instant now) {
    if (series.history().size() == 0) {
      return Optional.of("the first step of " + series.step() + " is not over yet");
    }
    Instant end = start(series, series.history().size());
    boolean isTooOld =
        end.plus(settings.patience()).isBefore(now)
            && end.plusSeconds(PATIENT_STEPS * series.step().toSeconds()).isBefore(now);
    return isTooOld ? Optional.of(tooOld(series, Duration.between(end, now))) : Optional.empty();
  }

  private String tooOld(SeriesModel series, Duration age) {
    Duration steps = series.step().multipliedBy(PATIENT_STEPS);
    Duration limit = settings.patience().compareTo(steps) >= 0 ? settings.patience() : steps;
    return "newest value is %s old, more than %s".formatted(age, limit);
  }

  private static Instant start(SeriesModel series, long t) {
    long bucket = series.nextBucket() - series.history().size() + t;
    return Instant.ofEpochSecond(bucket * series.step().toSeconds());
  }

  /** Returns how good this horizon's forecasts were of late; empty until the step is known. */
  public Optional<Accuracy> accuracy(Duration horizon) {
    int index = indexOf(horizon);
    return Optional.ofNullable(model).map(series -> series.model(index).accuracy());
  }

  /** Returns the forecast with everything behind it, judged by {@code gate}. */
  public ForecastExplanation explain(Instant now, Duration horizon, SkillGate gate) {
    int index = indexOf(horizon);
    Forecast forecast = forecast(now, horizon);
    Accuracy accuracy = accuracy(horizon).orElse(Accuracy.NONE);
    if (model == null || !(forecast instanceof Forecast.Known)) {
      var verdict = new SkillGate.Verdict(false, "nothing is forecast");
      return new ForecastExplanation(horizon, forecast, accuracy, verdict, List.of());
    }
    List<ExpertShare> shares = model.model(index).shares();
    return new ForecastExplanation(horizon, forecast, accuracy, gate.judge(accuracy), shares);
  }

  private int indexOf(Duration horizon) {
    int index = settings.horizons().indexOf(horizon);
    if (index < 0) {
      throw new IllegalArgumentException(
          "horizon: must be one of " + settings.horizons() + ", was: " + horizon);
    }
    return index;
  }

  /** Returns the whole state, for {@link #restore}. */
  public byte[] save() {
    ByteArchive.Size size = new ByteArchive.Size();
    archive(size);
    byte[] bytes = new byte[size.bytes()];
    archive(new ByteArchive.Save(ByteBuffer.wrap(bytes)));
    return bytes;
  }

  /**
   * Returns a forecaster that goes on where {@link #save()} was called.
   *
   * @throws IllegalArgumentException if the bytes are not such a state, or of other settings
   */
  public static Forecaster restore(ForecastSettings settings, byte[] state) {
    Forecaster restored = new Forecaster(settings);
    ByteBuffer buffer = ByteBuffer.wrap(state);
    try {
      restored.archive(new ByteArchive.Restore(buffer));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("state: ends too soon, at byte " + state.length, e);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          "state: %d bytes too long for these settings".formatted(buffer.remaining()));
    }
    return restored;
  }

  /** Not the record's own hash, which differs between two runs for an enum. */
  private static int fingerprint(ForecastSettings settings) {
    return settings.toString().hashCode();
  }

  private void archive(Archive archive) {
    long format = archive.of(FORMAT);
    long fingerprint = archive.of(fingerprint(settings));
    if (format != FORMAT || fingerprint != fingerprint(settings)) {
      throw new IllegalArgumentException("state: must be saved with the same settings and version");
    }
    inference.archive(archive);
    openSum = archive.of(openSum);
    openCount = archive.of(openCount);
    long stepSeconds = archive.of(model == null ? 0 : model.step().toSeconds());
    if (stepSeconds > 0) {
      if (model == null) {
        model = newModel(Duration.ofSeconds(stepSeconds), 0);
      }
      model.archive(archive);
    }
  }
}
