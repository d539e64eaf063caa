// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.Policies;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Foresight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * A forecaster that starts from nothing at each restart never becomes skilled, and one that looks
 * less far than pods take to start asks too late.
 */
final class LookaheadTest {
  private static final PolicyDefinition CODER =
      Policies.forecasting(Policies.coder(), Policies.PLAN);
  private static final PolicyKey KEY = CODER.key();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final LoopScene scene = new LoopScene();
  private final Past past = new Past();

  /** A demand with a daily rhythm, known since ever. */
  private static final class Past implements DemandHistory {
    final List<Instant> asked = new ArrayList<>();
    boolean isGone;

    @Override
    public boolean has(PolicyDefinition policy) {
      return true;
    }

    @Override
    public CompletionStage<List<Sample>> read(
        PolicyDefinition policy, Instant from, Instant to, Duration step) {
      asked.add(from);
      if (isGone) {
        return CompletableFuture.failedStage(new IllegalStateException("Prometheus is gone"));
      }
      List<Sample> samples = new ArrayList<>();
      for (Instant at = from; !at.isAfter(to); at = at.plus(step)) {
        samples.add(new Sample(at(at), at));
      }
      return CompletableFuture.completedStage(samples);
    }

    static double at(Instant time) {
      double day = 2 * Math.PI * (time.getEpochSecond() % 86_400) / 86_400;
      return 200 - 150 * Math.cos(day);
    }
  }

  private void live() {
    scene.demand(Math.rint(Past.at(scene.now)));
  }

  @Test
  void restart_historyIsReadBack_inBoundedChunks_andTheForecastActsAtOnce() {
    scene.history = past;
    scene.loop.defined(CODER);
    live();
    scene.step();
    live();
    scene.step();

    Foresight foresight = foresight();
    assertThat(foresight.forecast().forecast())
        .isInstanceOfSatisfying(
            Forecast.Known.class,
            known -> assertThat(known.knowledge().history()).isGreaterThan(Duration.ofDays(13)));
    assertThat(foresight.forecast().accuracy().outcomes()).isGreaterThan(1000);
    assertThat(past.asked).hasSize(7);
    assertThat(past.asked.getFirst()).isBefore(scene.now.minus(Duration.ofDays(13)));
  }

  @Test
  void prometheusGoneAtTheStart_learnsLive_andReadsBackWhenItReturns() {
    past.isGone = true;
    scene.history = past;
    scene.loop.defined(CODER);
    for (int i = 0; i < 60; i++) {
      live();
      scene.pass(MINUTE);
    }
    assertThat(known().knowledge().history())
        .isBetween(MINUTE.multipliedBy(50), MINUTE.multipliedBy(61));
    assertThat(past.asked.size()).as("patient, not pestering").isBetween(5, 12);

    past.isGone = false;
    for (int i = 0; i < 12; i++) {
      live();
      scene.pass(MINUTE);
    }
    assertThat(known().knowledge().history()).isGreaterThan(Duration.ofDays(13));
  }

  @Test
  void withoutAnyPast_learnsLive() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.pass(Duration.ofMinutes(30));

    assertThat(known().value()).isBetween(90.0, 110.0);
  }

  @Test
  void lead_isMeasured_boundedAndNamed() {
    scene.loop.defined(CODER);
    scene.demand(100);
    scene.step();
    assertThat(foresight().lead()).isEqualTo(Duration.ofMinutes(2));
    assertThat(foresight().leadSource()).isEqualTo("fallback, no start seen yet");

    scene.target =
        Policies.target(4, Optional.of(new TargetView.MeasuredLead(Duration.ofSeconds(95), 12)));
    scene.step();
    assertThat(foresight().lead()).isEqualTo(Duration.ofSeconds(95));
    assertThat(foresight().leadSource()).isEqualTo("p90 created to Ready, 12 starts");
    assertThat(foresight().forecast().horizon())
        .as("until the next bucket is complete it has to cover the lead")
        .isEqualTo(Duration.ofMinutes(3));

    scene.target =
        Policies.target(4, Optional.of(new TargetView.MeasuredLead(Duration.ofDays(2), 1)));
    scene.step();
    assertThat(foresight().lead()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void leadThatOutgrowsTheHorizons_getsNewOnes_taughtThePast() {
    scene.history = past;
    scene.loop.defined(CODER);
    live();
    scene.pass(Duration.ofMinutes(1));
    scene.target =
        Policies.target(4, Optional.of(new TargetView.MeasuredLead(Duration.ofMinutes(17), 12)));
    for (int i = 0; i < 12; i++) {
      live();
      scene.pass(MINUTE);
    }

    assertThat(foresight().forecast().horizon()).isEqualTo(Duration.ofMinutes(20));
    assertThat(known().knowledge().history()).isGreaterThan(Duration.ofDays(13));
  }

  @Test
  void horizons_areTheRungThatCoversTheLeadAndAStep_andTheNextForAMeasuredOne() {
    Duration lead = Duration.ofSeconds(100);
    assertThat(Horizons.of(new Lead.Auto(), lead, MINUTE).rungs())
        .containsExactly(Duration.ofMinutes(3), Duration.ofMinutes(5));
    assertThat(Horizons.of(new Lead.Fixed(lead), lead, MINUTE).rungs())
        .containsExactly(Duration.ofMinutes(3));
    assertThat(Horizons.of(new Lead.Auto(), Duration.ofHours(1), MINUTE).rungs())
        .containsExactly(Duration.ofHours(1));
    assertThat(Horizons.of(new Lead.Auto(), lead, Duration.ofMinutes(5)).rungs())
        .containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(20));
  }

  @Test
  void podNames_ofTheKindsKubernetesNames() {
    assertThat(HistoryQuery.podNames(target("Deployment")).orElseThrow())
        .satisfies(names -> assertThat("coder.v2-7d4f9c6b5-x2k4q".matches(names)).isTrue())
        .satisfies(names -> assertThat("coder.v2-web-7d4f9c6b5-x2k4q".matches(names)).isFalse())
        .satisfies(names -> assertThat("coderxv2-7d4f9c6b5-x2k4q".matches(names)).isFalse());
    assertThat("coder.v2-12".matches(HistoryQuery.podNames(target("StatefulSet")).orElseThrow()))
        .isTrue();
    assertThat(HistoryQuery.podNames(target("RayService"))).isEmpty();
  }

  private static TargetRef target(String kind) {
    return new TargetRef("apps/v1", kind, "coder.v2");
  }

  private Foresight foresight() {
    return scene.latest(KEY).decision().explanation().foresight().orElseThrow();
  }

  private Forecast.Known known() {
    return (Forecast.Known) foresight().forecast().forecast();
  }
}
