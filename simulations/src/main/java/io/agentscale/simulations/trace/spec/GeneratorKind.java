// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.trace.generator.Bursts;
import io.agentscale.simulations.trace.generator.Constant;
import io.agentscale.simulations.trace.generator.Diurnal;
import io.agentscale.simulations.trace.generator.FlashCrowd;
import io.agentscale.simulations.trace.generator.Generator;
import io.agentscale.simulations.trace.generator.PublishedDay;
import io.agentscale.simulations.trace.generator.Ramp;
import io.agentscale.simulations.trace.generator.Spike;
import io.agentscale.simulations.trace.generator.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The generators a scenario can name, each with the keys it takes. */
// Error Prone cannot see that method references hold nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum GeneratorKind {
  CONSTANT(GeneratorKind::constant),
  RAMP(GeneratorKind::ramp),
  STEP(GeneratorKind::step),
  SPIKE(GeneratorKind::spike),
  DIURNAL(keys -> diurnal(keys, Optional.of(1.0))),
  WEEKLY(keys -> diurnal(keys, Optional.empty())),
  BURSTS(GeneratorKind::bursts),
  FLASH_CROWD(GeneratorKind::flashCrowd),
  PUBLISHED_DAY(keys -> new PublishedDay(keys.optional("factor", Fields::number).orElse(1.0)));

  private static final double USUAL_PEAK_HOUR = 15;

  private final Function<YamlMapping, Generator> reader;

  GeneratorKind(Function<YamlMapping, Generator> reader) {
    this.reader = reader;
  }

  Generator read(YamlMapping keys) {
    return reader.apply(keys);
  }

  static GeneratorKind of(YamlValue value) {
    String word = value.string();
    return Arrays.stream(values())
        .filter(kind -> Fields.word(kind).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of %s, was: %s"
                        .formatted(
                            Arrays.stream(values()).map(Fields::word).collect(joining(", ")),
                            word)));
  }

  private static Generator constant(YamlMapping keys) {
    return new Constant(keys.required("rate", Fields::number).orElseThrow());
  }

  private static Generator ramp(YamlMapping keys) {
    Optional<Double> from = keys.required("from", Fields::number);
    Optional<Double> to = keys.required("to", Fields::number);
    Optional<Duration> over = keys.required("over", YamlValue::duration);
    return new Ramp(from.orElseThrow(), to.orElseThrow(), over.orElseThrow());
  }

  private static Generator step(YamlMapping keys) {
    Optional<Double> before = keys.required("before", Fields::number);
    Optional<Double> after = keys.required("after", Fields::number);
    Optional<Duration> at = keys.required("at", YamlValue::duration);
    return new Step(before.orElseThrow(), after.orElseThrow(), at.orElseThrow());
  }

  private static Generator spike(YamlMapping keys) {
    Optional<Double> base = keys.required("base", Fields::number);
    Optional<Double> peak = keys.required("peak", Fields::number);
    Optional<Duration> at = keys.required("at", YamlValue::duration);
    Optional<Duration> hold = keys.required("hold", YamlValue::duration);
    return new Spike(base.orElseThrow(), peak.orElseThrow(), at.orElseThrow(), hold.orElseThrow());
  }

  private static Generator diurnal(YamlMapping keys, Optional<Double> everyDay) {
    Optional<Double> low = keys.required("low", Fields::number);
    Optional<Double> high = keys.required("high", Fields::number);
    double peakHour = keys.optional("peakHour", Fields::number).orElse(USUAL_PEAK_HOUR);
    Optional<Double> weekend =
        everyDay.isPresent() ? everyDay : keys.required("weekend", Fields::number);
    return new Diurnal(low.orElseThrow(), high.orElseThrow(), peakHour, weekend.orElseThrow());
  }

  private static Generator bursts(YamlMapping keys) {
    Optional<Double> quiet = keys.required("quiet", Fields::number);
    Optional<Double> burst = keys.required("burst", Fields::number);
    Optional<Duration> quietMean = keys.required("quietMean", YamlValue::duration);
    Optional<Duration> burstMean = keys.required("burstMean", YamlValue::duration);
    return new Bursts(
        quiet.orElseThrow(), burst.orElseThrow(), quietMean.orElseThrow(), burstMean.orElseThrow());
  }

  private static Generator flashCrowd(YamlMapping keys) {
    Optional<Double> base = keys.required("base", Fields::number);
    Optional<Double> peak = keys.required("peak", Fields::number);
    Optional<Duration> at = keys.required("at", YamlValue::duration);
    Optional<Duration> rise = keys.required("rise", YamlValue::duration);
    Optional<Duration> halfLife = keys.required("halfLife", YamlValue::duration);
    return new FlashCrowd(
        base.orElseThrow(),
        peak.orElseThrow(),
        at.orElseThrow(),
        rise.orElseThrow(),
        halfLife.orElseThrow());
  }
}
