// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.sample.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever every preset and every source must hold to, so that a new one cannot forget it. */
final class PresetContractTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(1);

  record Case(PresetMetric metric, Source source) {
    @Override
    public String toString() {
      return metric.name() + " from " + source.id();
    }
  }

  static Stream<Case> sources() {
    return Arrays.stream(Preset.values())
        .flatMap(
            preset ->
                preset.metric().sources().stream()
                    .map(source -> new Case(preset.metric(), source)));
  }

  @ParameterizedTest
  @EnumSource
  void preset_isDocumentedAndStartsWithOurContract(Preset preset) {
    PresetMetric metric = preset.metric();
    assertThat(metric.name()).isEqualTo(preset.name().toLowerCase(Locale.ROOT));
    assertThat(List.of(metric.meaning(), metric.unit(), metric.targetAdvice()))
        .noneMatch(String::isBlank);
    assertThat(metric.sources().getFirst().id()).isEqualTo("agentscale");
    assertThat(metric.sources()).extracting(Source::id).doesNotHaveDuplicates();
    assertThat(Preset.named(metric.name())).contains(preset);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void source_allTermsKnown_isTheirWeightedSum(Case c) {
    FakePod pod = new FakePod();
    double expected = 0;
    double value = 1;
    for (Term term : c.source.terms()) {
      pod.readings.put(term.series(), known(value));
      expected += term.factor() * value;
      value++;
    }

    double sum = expected;

    SourcedReading read = c.metric.read(pod, WINDOW);

    assertThat(read.source()).contains(c.source);
    assertThat(read.reading())
        .isInstanceOfSatisfying(
            Reading.Value.class, found -> assertThat(found.value()).isEqualTo(sum, within(1e-9)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void source_anyTermMissingOrNotANumber_isUnknownAndNotPartOfASum(Case c) {
    for (Term missing : c.source.terms()) {
      for (double nonsense : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        FakePod pod = new FakePod();
        c.source.terms().forEach(term -> pod.readings.put(term.series(), known(1)));
        pod.readings.put(missing.series(), known(nonsense));
        assertThat(c.source.read(pod, WINDOW)).isInstanceOf(Reading.Absent.class);
      }
      FakePod pod = new FakePod();
      c.source.terms().forEach(term -> pod.readings.put(term.series(), known(1)));
      pod.readings.remove(missing.series());
      assertThat(c.source.read(pod, WINDOW)).isInstanceOf(Reading.Absent.class);
      pod.readings.put(missing.series(), new Reading.Stale(NOW, "gone"));
      assertThat(c.source.read(pod, WINDOW)).isInstanceOf(Reading.Stale.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void source_ratesAreOfCounters_andItsSeriesAreScraped(Case c) {
    for (Term term : c.source.terms()) {
      assertThat(Preset.series()).contains(term.series());
      boolean countsUp = term.series().endsWith("_total") || term.series().endsWith("_sum");
      assertThat(term.kind() == Term.Kind.RATE).isEqualTo(countsUp);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_twoSources_theFirstListedWins(Preset preset) {
    FakePod pod = new FakePod();
    Preset.series().forEach(series -> pod.readings.put(series, known(1)));
    assertThat(preset.metric().read(pod, WINDOW).source())
        .contains(preset.metric().sources().getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void read_firstSourceStale_aLaterOneWithAValueWins(Preset preset) {
    FakePod pod = new FakePod();
    Source first = preset.metric().sources().getFirst();
    Source last = preset.metric().sources().getLast();
    first.terms().forEach(t -> pod.readings.put(t.series(), new Reading.Stale(NOW, "gone")));
    assertThat(preset.metric().read(pod, WINDOW))
        .isEqualTo(new SourcedReading(new Reading.Stale(NOW, "gone"), Optional.of(first)));

    last.terms().forEach(t -> pod.readings.put(t.series(), known(0)));
    assertThat(preset.metric().read(pod, WINDOW).source()).contains(last);
  }

  @ParameterizedTest
  @EnumSource
  void read_nothing_isAbsentAndNamesTheContract(Preset preset) {
    SourcedReading read = preset.metric().read(new FakePod(), WINDOW);
    assertThat(read.source()).isEmpty();
    assertThat(read.reading())
        .isInstanceOfSatisfying(
            Reading.Absent.class,
            absent ->
                assertThat(absent.cause())
                    .contains(preset.metric().name())
                    .contains(preset.metric().sources().getFirst().terms().getFirst().series()));
  }

  private static Reading known(double value) {
    return new Reading.Value(value, NOW, Optional.empty());
  }

  /** Readings by series, whatever the filters. */
  static final class FakePod implements PodReadings {
    final Map<String, Reading> readings = new HashMap<>();

    @Override
    public Reading gauge(String series, List<LabelFilter> filters) {
      return readings.getOrDefault(series, new Reading.Absent("no series " + series));
    }

    @Override
    public Reading ratePerSecond(String series, Duration window, List<LabelFilter> filters) {
      return gauge(series, filters);
    }
  }
}
