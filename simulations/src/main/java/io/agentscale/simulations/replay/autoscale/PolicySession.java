// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicyOutcome;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.core.policy.TokenUse;
import io.agentscale.simulations.replay.autoscale.PolicyScaling.Actuation;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy's memory during a replay, and its HPA's. */
final class PolicySession implements Session {
  private static final String SOURCE = "replay";

  private final PolicyScaling scaling;
  private final CompositePolicy policy;
  private final HpaSession hpa;
  private final @Nullable ForesightFeed feed;
  private PolicyState state = PolicyState.INITIAL;
  private @Nullable Decided last;

  /** What a decision was made from: it is put in words when somebody asks. */
  private record Decided(PolicyState state, PolicyObservation observation, Instant now) {}

  PolicySession(PolicyScaling scaling, SessionContext context) {
    this.scaling = scaling;
    policy = new CompositePolicy(scaling.settings());
    hpa =
        new HpaSession(
            scaling.hpa(),
            scaling.controller(),
            scaling.signals(),
            context,
            true,
            ObservationLog.NONE);
    feed =
        scaling.forecast().isPresent()
            ? new ForesightFeed(
                scaling.forecast().get(), scaling.settings().forecast().orElse(ForecastUse.DEFAULT))
            : null;
  }

  @Override
  public int decide(ClusterView view) {
    Optional<Foresight> foresight = feed == null ? Optional.empty() : feed.look(view);
    var observation =
        new PolicyObservation(view.replicas(), view.ready(), live(view), foresight, tokenUse(view));
    last = new Decided(state, observation, view.now());
    PolicyOutcome outcome = policy.outcome(state, observation, view.now());
    state = outcome.state();
    return hpa.decide(view, bounded(outcome), served(outcome));
  }

  private LiveDemand live(ClusterView view) {
    if (view.load().isEmpty()) {
      return new LiveDemand.Unknown(SOURCE, "nothing scraped yet");
    }
    LoadSample load = view.load().get();
    double demand = load.of(scaling.demand());
    return new LiveDemand.Known(
        Quantity.ofMilli((long) Math.ceil(demand * 1000 - 1e-6)),
        view.at(load.atSeconds()),
        SOURCE);
  }

  private Optional<TokenUse> tokenUse(ClusterView view) {
    if (scaling.settings().quota().isEmpty()) {
      return Optional.empty();
    }
    return view.load()
        .map(
            load ->
                new TokenUse(
                    Quantity.of(load.tokensPerMinute()), view.at(load.atSeconds()), SOURCE));
  }

  private HpaSpec bounded(PolicyOutcome outcome) {
    HpaSpec spec = scaling.hpa();
    if (scaling.actuation() == Actuation.METRIC) {
      return spec;
    }
    int most = Math.min(spec.maxReplicas(), outcome.scheduled().ceiling());
    int least = Math.min(outcome.replicas(), most);
    return new HpaSpec(
        spec.namespace(),
        spec.name(),
        spec.target(),
        least,
        Math.max(most, 1),
        spec.metrics(),
        spec.behavior());
  }

  private static Optional<Quantity> served(PolicyOutcome outcome) {
    return switch (outcome.served()) {
      case ServedDemand.Known(Quantity demand, _) -> Optional.of(demand);
      case ServedDemand.Unknown _ -> Optional.empty();
    };
  }

  @Override
  public boolean readsLatency() {
    return hpa.readsLatency();
  }

  @Override
  public String reason() {
    if (last == null) {
      return "";
    }
    PolicyDecision decision = policy.decide(last.state(), last.observation(), last.now());
    Explanation explanation = decision.explanation();
    StringBuilder text = new StringBuilder("policy ");
    text.append(decision.replicas()).append(" by ").append(word(explanation.winner()));
    explanation.clamps().forEach(clamp -> text.append(", then ").append(word(clamp.limit())));
    return text.append("; ").append(hpa.reason()).toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<ForecastScore> forecastScore() {
    return feed == null ? Optional.empty() : feed.score();
  }
}
