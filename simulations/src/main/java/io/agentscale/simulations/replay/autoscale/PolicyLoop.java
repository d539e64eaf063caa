// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicyOutcome;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.core.policy.TokenUse;
import io.agentscale.simulations.score.Score.ForecastScore;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What decides for a policy during a replay, however its decisions reach the workload. */
final class PolicyLoop {
  private static final String SOURCE = "replay";

  private final PolicySettings settings;
  private final Signal demand;
  private final CompositePolicy policy;
  private final @Nullable ForesightFeed feed;
  private PolicyState state = PolicyState.INITIAL;
  private @Nullable Decided last;

  /** What a decision was made from: it is put in words when somebody asks. */
  private record Decided(PolicyState state, PolicyObservation observation, Instant now) {
    PolicyDecision by(CompositePolicy policy) {
      return policy.decide(state, observation, now);
    }
  }

  PolicyLoop(PolicySettings settings, Signal demand, Optional<ForecastPlan> forecast) {
    this.settings = settings;
    this.demand = demand;
    policy = new CompositePolicy(settings);
    feed =
        forecast.isPresent()
            ? new ForesightFeed(forecast.get(), settings.forecast().orElse(ForecastUse.DEFAULT))
            : null;
  }

  /**
   * Forgets the last known demand and what was foreseen. What the forecaster has learned it is
   * taught again from the history, as live.
   */
  void restart() {
    state = PolicyState.INITIAL;
    if (feed != null) {
      feed.restart();
    }
  }

  /** Decides, with the words. */
  PolicyDecision decide(ClusterView view) {
    Decided decided = decided(view);
    PolicyDecision decision = decided.by(policy);
    state = decision.state();
    return decision;
  }

  /** Decides the same without the words, which take longer than the decision. */
  PolicyOutcome outcome(ClusterView view) {
    Decided decided = decided(view);
    PolicyOutcome outcome = policy.outcome(decided.state, decided.observation, decided.now);
    state = outcome.state();
    return outcome;
  }

  private Decided decided(ClusterView view) {
    Optional<Foresight> foresight = feed == null ? Optional.empty() : feed.look(view);
    var observation =
        new PolicyObservation(view.replicas(), view.ready(), live(view), foresight, tokenUse(view));
    Decided decided = new Decided(state, observation, view.now());
    last = decided;
    return decided;
  }

  LiveDemand live(ClusterView view) {
    if (view.load().isEmpty()) {
      return new LiveDemand.Unknown(SOURCE, "nothing scraped");
    }
    LoadSample load = view.load().get();
    double scraped = load.of(demand);
    if (Double.isNaN(scraped)) {
      return new LiveDemand.Unknown(SOURCE, "the scrape did not find it");
    }
    return new LiveDemand.Known(
        Quantity.ofMilli((long) Math.ceil(scraped * 1000 - 1e-6)),
        view.at(load.atSeconds()),
        SOURCE);
  }

  private Optional<TokenUse> tokenUse(ClusterView view) {
    if (settings.quota().isEmpty()) {
      return Optional.empty();
    }
    return view.load()
        .filter(load -> !Double.isNaN(load.of(Signal.TOKENS_PER_MINUTE)))
        .map(
            load ->
                new TokenUse(
                    Quantity.of(load.of(Signal.TOKENS_PER_MINUTE)),
                    view.at(load.atSeconds()),
                    SOURCE));
  }

  static Optional<Quantity> known(ServedDemand demand) {
    return switch (demand) {
      case ServedDemand.Known(Quantity served, _) -> Optional.of(served);
      case ServedDemand.Unknown _ -> Optional.empty();
    };
  }

  /** Returns the last decision; none before the first. */
  Optional<PolicyDecision> last() {
    return Optional.ofNullable(last).map(decided -> decided.by(policy));
  }

  /** Says why it last decided as it did; empty before the first time. */
  String reason() {
    return last().map(PolicyLoop::inWords).orElse("");
  }

  private static String inWords(PolicyDecision decision) {
    Explanation explanation = decision.explanation();
    StringBuilder text = new StringBuilder("policy ");
    text.append(decision.replicas()).append(" by ").append(word(explanation.winner()));
    explanation.clamps().forEach(clamp -> text.append(", then ").append(word(clamp.limit())));
    return text.toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Optional<ForecastScore> forecastScore() {
    return feed == null ? Optional.empty() : feed.score();
  }
}
