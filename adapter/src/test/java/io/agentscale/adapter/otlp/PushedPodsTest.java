// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.Pod;
import io.agentscale.adapter.cluster.PodIndex;
import io.agentscale.adapter.otlp.PushedPoint.Kind;
import io.agentscale.adapter.sample.Reading;
import io.agentscale.adapter.scrape.SeriesFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Pushed numbers come late, twice, out of order, from processes that restart, and then no more:
 * none of it may be read as "less load", nor grow without bound.
 */
final class PushedPodsTest {
  private static final PushLimits LIMITS =
      new PushLimits(3, 4, 8, Duration.ofSeconds(15), Duration.ofMinutes(1));
  private static final PodName POD = new PodName("agents", "coder-0");
  private static final Map<String, String> ONE = Map.of("service.instance.id", "1");
  private static final Map<String, String> TWO = Map.of("service.instance.id", "2");
  private static final String RUNS = "agent_runs_in_flight";
  private static final String TOKENS = "agent_tokens_total";

  private final TestClock clock = new TestClock();
  private final List<String> existing = new ArrayList<>(List.of("coder-0"));
  private final PushedPods pods = new PushedPods(LIMITS, Optional.empty(), clock);
  private final Instant began = clock.instant();

  private Optional<String> push(Map<String, String> process, PushedPoint... points) {
    return pods.add(POD, "", process, List.of(points), List.of());
  }

  private PushedPoint level(String series, double value) {
    return new PushedPoint(
        series, Map.of(), Kind.LEVEL, value, Optional.empty(), Optional.of(clock.instant()));
  }

  private PushedPoint tokens(Kind kind, double value, Instant start) {
    return new PushedPoint(
        TOKENS, Map.of(), kind, value, Optional.of(start), Optional.of(clock.instant()));
  }

  private Reading runs() {
    return pods.gauge(POD, RUNS, SeriesFilter.ALL);
  }

  private double perMinute() {
    Reading reading = pods.ratePerSecond(POD, TOKENS, Duration.ofMinutes(1), SeriesFilter.ALL);
    return 60 * ((Reading.Value) reading).value();
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void gauge_isTheLatest_withItsOwnTime() {
    push(ONE, level(RUNS, 7));
    Instant measured = clock.instant();
    pass(10);

    assertThat(runs()).isEqualTo(new Reading.Value(7, measured, Optional.empty()));
  }

  @Test
  void gauge_ofSeveralProcesses_isTheirSum() {
    push(ONE, level(RUNS, 7));
    push(TWO, level(RUNS, 5));

    assertThat(runs()).extracting("value").isEqualTo(12.0);
  }

  @Test
  void pointTwice_orOutOfOrder_changesNothing() {
    pass(60);
    push(ONE, tokens(Kind.DELTA, 600, began));
    push(ONE, tokens(Kind.DELTA, 600, began));
    push(
        ONE,
        new PushedPoint(
            TOKENS,
            Map.of(),
            Kind.DELTA,
            900,
            Optional.of(began),
            Optional.of(clock.instant().minusSeconds(5))));

    assertThat(perMinute()).isCloseTo(600, within(1e-6));
  }

  @Test
  void pointOfTheFuture_isOfNow_theNextOneCounts() {
    push(
        ONE,
        new PushedPoint(
            RUNS,
            Map.of(),
            Kind.LEVEL,
            7,
            Optional.empty(),
            Optional.of(clock.instant().plusSeconds(3600))));
    pass(5);
    push(ONE, level(RUNS, 3));

    assertThat(runs()).isEqualTo(new Reading.Value(3, clock.instant(), Optional.empty()));
  }

  @Test
  void cumulative_isKnownFromTheFirstPoint_ifItTellsItsStart() {
    pass(30);
    push(ONE, tokens(Kind.CUMULATIVE, 500, began));

    assertThat(perMinute()).isCloseTo(1000, within(1e-6));
  }

  @Test
  void cumulative_startedLongAgo_needsTwoPoints() {
    Instant longAgo = began.minus(Duration.ofDays(3));
    push(ONE, tokens(Kind.CUMULATIVE, 1_000_000, longAgo));
    assertThat(pods.ratePerSecond(POD, TOKENS, Duration.ofMinutes(1), SeriesFilter.ALL))
        .isInstanceOf(Reading.Absent.class)
        .asString()
        .contains("needs two points");

    pass(30);
    push(ONE, tokens(Kind.CUMULATIVE, 1_000_100, longAgo));

    assertThat(perMinute()).isCloseTo(200, within(1e-6));
  }

  @Test
  void reset_toldByTheStart_countsTheWholeNewValue_evenIfItIsLarger() {
    push(ONE, tokens(Kind.CUMULATIVE, 100, began.minus(Duration.ofHours(1))));
    pass(30);
    push(ONE, tokens(Kind.CUMULATIVE, 150, began.plusSeconds(10)));

    assertThat(perMinute()).isCloseTo(300, within(1e-6));
  }

  @Test
  void reset_toldByASmallerValue_countsTheWholeNewValue() {
    Instant start = began.minus(Duration.ofHours(1));
    push(ONE, tokens(Kind.CUMULATIVE, 100, start));
    pass(30);
    push(ONE, tokens(Kind.CUMULATIVE, 40, start));

    assertThat(perMinute()).isCloseTo(80, within(1e-6));
  }

  @Test
  void deltas_addUp() {
    for (int i = 0; i < 4; i++) {
      Instant start = clock.instant();
      pass(10);
      push(ONE, tokens(Kind.DELTA, 100, start));
    }

    assertThat(perMinute()).isCloseTo(600, within(1e-6));
  }

  @Test
  void deltaLeftOut_whileOthersCome_isNothingAdded() {
    pass(15);
    push(ONE, tokens(Kind.DELTA, 100, began));
    pass(15);
    push(
        ONE,
        new PushedPoint(
            "litellm_total_tokens_metric_total",
            Map.of(),
            Kind.DELTA,
            1,
            Optional.of(began),
            Optional.of(clock.instant())));

    assertThat(perMinute()).isCloseTo(200, within(1e-6));
  }

  @Test
  void deltaLeftOut_whileOnlyGaugesCome_isUnknown() {
    pass(15);
    push(ONE, tokens(Kind.DELTA, 100, began));
    pass(16);
    push(ONE, level(RUNS, 1));

    assertThat(pods.ratePerSecond(POD, TOKENS, Duration.ofMinutes(1), SeriesFilter.ALL))
        .isInstanceOf(Reading.Stale.class);
  }

  @Test
  void silence_isStale_neverZero_andSaysWhatToDo() {
    push(ONE, level(RUNS, 7));
    pass(60);
    push(ONE, level(RUNS, 8));
    Instant last = clock.instant();
    pass(16);

    assertThat(runs())
        .isInstanceOfSatisfying(
            Reading.Stale.class,
            stale -> {
              assertThat(stale.lastSeen()).isEqualTo(last);
              assertThat(stale.cause())
                  .contains("pushes every 60 s", "OTEL_METRIC_EXPORT_INTERVAL");
            });
    pods.prune();
    pass(600);
    pods.prune();
    assertThat(runs()).isInstanceOf(Reading.Stale.class);
  }

  @Test
  void processThatEnds_makesThePodUnknown_andIsForgottenWhileAnotherGoesOn() {
    push(ONE, level(RUNS, 7));
    for (int i = 0; i < 2; i++) {
      pass(10);
      push(TWO, level(RUNS, 1));
    }
    assertThat(runs()).isInstanceOf(Reading.Stale.class);

    for (int i = 0; i < 5; i++) {
      pass(10);
      push(TWO, level(RUNS, 1));
      pods.prune();
    }

    assertThat(runs()).extracting("value").isEqualTo(1.0);
  }

  @Test
  void labelSetThatEnds_isLeftOut_atTheNextExport() {
    PushedPoint small =
        new PushedPoint(
            RUNS,
            Map.of("model", "s"),
            Kind.LEVEL,
            2,
            Optional.empty(),
            Optional.of(clock.instant()));
    push(ONE, small, level(RUNS, 7));
    assertThat(runs()).extracting("value").isEqualTo(9.0);
    pass(5);
    push(ONE, level(RUNS, 7));

    assertThat(runs()).extracting("value").isEqualTo(7.0);
  }

  @Test
  void seriesToldToHaveEnded_isGoneAtOnce() {
    push(ONE, level(RUNS, 7));
    pods.add(POD, "", ONE, List.of(), List.of(level(RUNS, 0)));

    assertThat(runs()).isInstanceOf(Reading.Absent.class);
  }

  @Test
  void endOfWhatWasNeverThere_isNotKept() {
    for (int i = 0; i < 100; i++) {
      Map<String, String> process = Map.of("service.instance.id", Integer.toString(i));
      pods.add(POD, "", process, List.of(), List.of(level(RUNS, 0)));
    }

    assertThat(pods.in("agents")).isEmpty();
    assertThat(pods.series()).isZero();
  }

  @Test
  void podOfTheSameName_startsAnew() {
    pods.add(POD, "uid-1", ONE, List.of(level(RUNS, 7)), List.of());
    pass(1);
    pods.add(POD, "uid-2", TWO, List.of(level(RUNS, 1)), List.of());

    assertThat(runs()).extracting("value").isEqualTo(1.0);
    assertThat(pods.series()).isEqualTo(1);
  }

  @Test
  void podThatIsGone_isForgotten_onceSilent_oneThatIsThereStaysUnknown() {
    PushedPods known = new PushedPods(LIMITS, Optional.of(new Existing()), clock);
    known.add(POD, "", ONE, List.of(level(RUNS, 7)), List.of());
    PodName gone = new PodName("agents", "coder-1");
    known.add(gone, "", ONE, List.of(level(RUNS, 7)), List.of());
    known.prune();
    assertThat(known.in("agents")).as("both spoke just now").hasSize(2);

    pass(3600);
    known.prune();

    assertThat(known.in("agents")).containsExactly("coder-0");
    assertThat(known.gauge(POD, RUNS, SeriesFilter.ALL)).isInstanceOf(Reading.Stale.class);
  }

  @Test
  void bounds_holdForPodsSeriesAndSamples() {
    assertThat(push(ONE, level("a", 1), level("b", 1), level("c", 1), level("d", 1))).isEmpty();
    assertThat(push(ONE, level("e", 1))).get().asString().contains("more than 4 series");
    assertThat(pods.add(pod(1), "", ONE, four(), List.of())).isEmpty();
    assertThat(pods.add(pod(2), "", ONE, four(), List.of()))
        .get()
        .asString()
        .contains("8 series, the most");
    assertThat(pods.series()).isEqualTo(8);
    assertThat(push(ONE, level("a", 2))).as("what is known goes on").isEmpty();

    pass(3600);
    pods.prune();
    assertThat(pods.series()).isZero();
    assertThat(pods.add(pod(3), "", ONE, four(), List.of())).isEmpty();
  }

  @Test
  void pods_areBounded() {
    for (int i = 0; i < 3; i++) {
      assertThat(pods.add(pod(i), "", ONE, List.of(level("a", 1)), List.of())).isEmpty();
    }

    assertThat(pods.add(pod(9), "", ONE, List.of(level("a", 1)), List.of()))
        .get()
        .asString()
        .contains("3 pods, the most");
  }

  @Test
  void pushedATenthOfASecondApart_theRateIsTheSame() {
    Instant start = began.minus(Duration.ofHours(1));
    for (int i = 0; i <= 1200; i++) {
      push(ONE, tokens(Kind.CUMULATIVE, i, start));
      clock.advance(Duration.ofMillis(100));
    }

    assertThat(perMinute()).isCloseTo(600, within(1e-6));
  }

  private List<PushedPoint> four() {
    return List.of(level("a", 1), level("b", 1), level("c", 1), level("d", 1));
  }

  private static PodName pod(int number) {
    return new PodName("agents", "pod-" + number);
  }

  /** The cluster as the test says. */
  private final class Existing implements PodIndex {
    @Override
    public List<Pod> pods() {
      return existing.stream()
          .map(
              name ->
                  new Pod(
                      new ClusterObject(Optional.of("agents"), name, Map.of(), Map.of()),
                      Optional.empty(),
                      Optional.empty(),
                      true,
                      false,
                      List.of()))
          .toList();
    }

    @Override
    public boolean arePodsSynced() {
      return true;
    }
  }
}
