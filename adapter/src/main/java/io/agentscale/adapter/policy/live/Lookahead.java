// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.core.forecast.Absence;
import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.forecast.ForecastSettings;
import io.agentscale.core.forecast.Forecaster;
import io.agentscale.core.forecast.SkillGate;
import io.agentscale.core.metric.Sample;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One policy's view of what is to come. It learns from live demand at once, and is replaced by a
 * forecaster that knows the past as soon as there is one. Used by the loop's thread alone.
 */
final class Lookahead {
  private static final Logger log = LoggerFactory.getLogger(Lookahead.class);
  private static final List<Double> QUANTILES = List.of(0.5, 0.8, 0.9, 0.95, 0.99);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** A forecaster keeps no more. */
  private static final Duration LONGEST_HISTORY = Duration.ofDays(21);

  private final PolicyDefinition policy;
  private final ForecastPlan plan;
  private final Duration step;
  private final Backfill backfill;
  private Horizons horizons;
  private Forecaster forecaster;
  private Instant lastSeen = Instant.MIN;
  private final Outlook outlook = new Outlook();
  private @Nullable Made made;

  private @Nullable Teaching teaching;
  private boolean isTaught;
  private Instant teachAt = Instant.MIN;
  private Duration pause = FIRST_PAUSE;

  /** A forecaster in the making, and what was seen since it was begun. */
  private record Teaching(
      CompletableFuture<Backfill.Taught> running, Horizons horizons, List<Sample> since) {}

  /** A foresight and what it was made for; nothing new is to be said before the step is over. */
  private record Made(long bucket, LeadTime lead, Foresight foresight) {}

  /**
   * @param lead at the start
   */
  Lookahead(
      PolicyDefinition policy, ForecastPlan plan, Duration lead, Duration step, Backfill backfill) {
    this.policy = policy;
    this.plan = plan;
    this.step = step;
    this.backfill = backfill;
    horizons = Horizons.of(plan.lead(), lead, step);
    forecaster = new Forecaster(settings(horizons));
  }

  private ForecastSettings settings(Horizons of) {
    TreeSet<Double> quantiles = new TreeSet<>(QUANTILES);
    quantiles.add(plan.use().quantile());
    return new ForecastSettings(
        Optional.of(step), Absence.UNKNOWN, of.rungs(), List.copyOf(quantiles), PATIENCE);
  }

  /** Learns a demand; one that is no newer than the last says nothing. */
  void observe(Sample sample, Instant now) {
    // A source whose clock runs ahead must not make what follows look late.
    Instant at = sample.at().isAfter(now) ? now : sample.at();
    if (!at.isAfter(lastSeen) && !lastSeen.isAfter(now)) {
      return;
    }
    lastSeen = at;
    Sample timed = new Sample(sample.value(), at);
    forecaster.observe(timed);
    if (teaching != null) {
      teaching.since.add(timed);
    }
  }

  /** Takes over what was learned of the past, and begins to learn it where that is due. */
  void tick(LeadTime lead, Instant now) {
    if (teaching != null && teaching.running.isDone()) {
      conclude(teaching, now);
    }
    boolean isOutgrown = horizons.areOutgrownBy(plan.lead(), lead.value());
    if (teaching == null && (!isTaught || isOutgrown) && !now.isBefore(teachAt)) {
      begin(lead, now);
    }
  }

  /** Learns the past again: the clock was wrong, and what was learned by it may be. */
  void relearn() {
    isTaught = false;
    teachAt = Instant.MIN;
    made = null;
    outlook.clear();
  }

  private void begin(LeadTime lead, Instant now) {
    if (!backfill.isPossible(policy)) {
      // A Prometheus may yet be configured.
      teachAt = now.plus(LONGEST_PAUSE);
      return;
    }
    Horizons next = Horizons.of(plan.lead(), lead.value(), step);
    Duration back =
        plan.history().compareTo(LONGEST_HISTORY) > 0 ? LONGEST_HISTORY : plan.history();
    teaching =
        new Teaching(
            backfill.teach(policy, settings(next), now.minus(back), now), next, new ArrayList<>());
  }

  private void conclude(Teaching done, Instant now) {
    teaching = null;
    if (done.running.isCompletedExceptionally()) {
      log.atWarn()
          .addKeyValue("policy", policy.key())
          .addKeyValue("cause", StageFailure.cause(done.running.exceptionNow()).getMessage())
          .addKeyValue("nextIn", pause)
          .log("The history of a demand could not be read, it is tried again");
      teachAt = now.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      return;
    }
    pause = FIRST_PAUSE;
    isTaught = true;
    // Horizons may be outgrown again, but not at every step.
    teachAt = now.plus(LONGEST_PAUSE);
    Backfill.Taught taught = done.running.join();
    if (taught.samples() > 0) {
      forecaster = taught.forecaster();
      horizons = done.horizons;
      done.since.forEach(forecaster::observe);
      made = null;
      outlook.clear();
    }
  }

  /** Returns what is foreseen for a lead. */
  Foresight foresee(LeadTime lead, Instant now) {
    long bucket = Math.floorDiv(now.getEpochSecond(), step.toSeconds());
    if (made == null || made.bucket != bucket || !made.lead.equals(lead)) {
      made = new Made(bucket, lead, made(lead, now));
    }
    return made.foresight;
  }

  private Foresight made(LeadTime lead, Instant now) {
    Duration horizon = horizons.standingFor(lead.value());
    SkillGate gate = plan.use().gate();
    ForecastExplanation explained = forecaster.explain(now, horizon, gate);
    if (explained.forecast() instanceof Forecast.Known known && known.from().isAfter(now)) {
      explained =
          new ForecastExplanation(
              horizon,
              new Forecast.Unknown("the clock went back to before the newest value"),
              explained.accuracy(),
              new SkillGate.Verdict(false, "nothing is forecast"),
              explained.shares());
    }
    return outlook.with(new Foresight(lead.value(), lead.source(), explained), step, now);
  }
}
