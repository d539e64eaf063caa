// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import io.agentscale.core.forecast.Forecast;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.policy.Explanation.Input;
import io.agentscale.core.schedule.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists what went into a decision, with where it comes from and how old it is. */
final class PolicyInputs {
  private static final String POLICY = "policy";

  private final PolicySettings settings;
  private final PolicyObservation observation;
  private final Optional<LiveDemand.Known> newest;
  private final Instant now;
  private final List<Input> inputs = new ArrayList<>();

  PolicyInputs(
      PolicySettings settings,
      PolicyObservation observation,
      Optional<LiveDemand.Known> newest,
      Instant now) {
    this.settings = settings;
    this.observation = observation;
    this.newest = newest;
    this.now = now;
  }

  List<Input> list() {
    live();
    add(
        "replicas",
        observation.replicas() + ", " + observation.readyReplicas() + " ready",
        "scale");
    add("perReplica", settings.perReplica().toString(), POLICY);
    ReplicaBounds bounds = settings.bounds();
    add("bounds", bounds.min() + " to " + bounds.max(), POLICY);
    if (!settings.headroom().equals(Headroom.NONE)) {
      add("headroom", settings.headroom().toString(), POLICY);
    }
    add("schedules", Integer.toString(settings.schedules().schedules().size()), POLICY);
    settings.forecast().ifPresent(this::forecast);
    settings.quota().ifPresent(this::quota);
    return inputs;
  }

  private void live() {
    switch (observation.live()) {
      case LiveDemand.Known known ->
          add("live demand", known.demand().toString(), known.source(), known.at());
      case LiveDemand.Unknown(String source, String cause) -> {
        add("live demand", "unknown: " + cause, source);
        newest.ifPresent(
            known ->
                add("last known demand", known.demand().toString(), known.source(), known.at()));
      }
    }
  }

  private void forecast(ForecastUse use) {
    add("quantile", Double.toString(use.quantile()), POLICY);
    add("minSkill", Double.toString(use.gate().minSkill()), POLICY);
    if (observation.foresight().isEmpty()) {
      add("forecast", "unknown: nothing is foreseen yet", "forecaster");
      return;
    }
    Foresight foresight = observation.foresight().get();
    add("lead", Spans.text(foresight.lead()), foresight.leadSource());
    ForecastExplanation explained = foresight.forecast();
    String source = "forecaster, " + Spans.text(explained.horizon()) + " ahead";
    switch (explained.forecast()) {
      case Forecast.Unknown(String cause) -> add("forecast", "unknown: " + cause, source);
      case Forecast.Known known -> {
        add("forecast", number(known.value()) + " at " + known.at(), source, known.from());
        add("band", band(known), source, known.from());
        String skill =
            explained.accuracy().skill().isPresent()
                ? number(explained.accuracy().skill().getAsDouble())
                : "unknown: not yet measured";
        add("skill", skill, explained.accuracy().outcomes() + " outcomes");
      }
    }
  }

  private static String band(Forecast.Known known) {
    return known.quantiles().stream()
        .map(quantile -> "q" + quantile.p() + " " + number(quantile.value()))
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return Double.toString(Math.round(value * 1000) / 1000.0);
  }

  private void quota(Quota quota) {
    add("quota, tokens/min", quota.tokensPerMinute().toString(), POLICY);
    if (quota.tokensPerMinutePerReplica().isPresent()) {
      add("tokens/min per replica", quota.tokensPerMinutePerReplica().get().toString(), POLICY);
    } else if (observation.tokenUse().isPresent()) {
      TokenUse use = observation.tokenUse().get();
      add("tokens/min used", use.tokensPerMinute().toString(), use.source(), use.at());
    } else {
      add("tokens/min used", "unknown", "none");
    }
  }

  private void add(String name, String value, String source) {
    inputs.add(new Input(name, value, source, Optional.empty()));
  }

  private void add(String name, String value, String source, Instant at) {
    Duration age = Duration.between(at, now);
    inputs.add(new Input(name, value, source, Optional.of(age.isNegative() ? Duration.ZERO : age)));
  }
}
