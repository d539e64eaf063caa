// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.metric.Quantity;
import io.agentscale.core.forecast.ForecastExplanation;
import io.agentscale.core.policy.CompositePolicy;
import io.agentscale.core.policy.Explanation;
import io.agentscale.core.policy.Foresight;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.PolicyObservation;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.PolicyState;
import io.agentscale.core.policy.ServedDemand;
import io.agentscale.core.policy.TokenUse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything one decision is made of. The decision follows from it, whenever it is asked for, so
 * that only this has to be remembered. Times are kept to the millisecond.
 *
 * @param key whose decision
 * @param settings what the author said then
 * @param at when it is decided
 * @param before what was remembered from the decision before
 * @param observation what was seen
 * @param guard what runs in flight still need; empty where nothing is protected
 * @param autoscaler what the target's autoscaler says; empty where there is none
 */
public record DecisionInputs(
    PolicyKey key,
    PolicySettings settings,
    Instant at,
    PolicyState before,
    PolicyObservation observation,
    Optional<ScaleInGuard.Least> guard,
    Optional<AutoscalerView> autoscaler) {
  public DecisionInputs {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    before = new PolicyState(before.lastKnown().map(DecisionInputs::truncated));
    observation = truncated(observation);
  }

  private static PolicyObservation truncated(PolicyObservation seen) {
    LiveDemand live =
        seen.live() instanceof LiveDemand.Known known ? truncated(known) : seen.live();
    Optional<TokenUse> tokens =
        seen.tokenUse()
            .map(
                use ->
                    new TokenUse(
                        use.tokensPerMinute(),
                        use.at().truncatedTo(ChronoUnit.MILLIS),
                        use.source()));
    return new PolicyObservation(
        seen.replicas(),
        seen.readyReplicas(),
        live,
        seen.foresight().map(DecisionInputs::withoutExperts),
        tokens);
  }

  private static Foresight withoutExperts(Foresight seen) {
    ForecastExplanation said = seen.forecast();
    return said.shares().isEmpty()
        ? seen
        : new Foresight(
            seen.lead(),
            seen.leadSource(),
            new ForecastExplanation(
                said.horizon(), said.forecast(), said.accuracy(), said.verdict(), List.of()));
  }

  private static LiveDemand.Known truncated(LiveDemand.Known known) {
    return new LiveDemand.Known(
        known.demand(), known.at().truncatedTo(ChronoUnit.MILLIS), known.source());
  }

  /** Returns the decision that follows. */
  public DecisionRecord decide() {
    return decide(List.of());
  }

  /**
   * Returns the decision that follows.
   *
   * @param actions what was written because of it
   */
  DecisionRecord decide(List<String> actions) {
    PolicyDecision decision =
        guarded(new CompositePolicy(settings).decide(before, observation, at));
    return new DecisionRecord(
        key,
        at,
        observation.replicas(),
        observation.readyReplicas(),
        observation.live(),
        decision,
        observation.foresight().map(Foresight::lead),
        autoscaler,
        actions);
  }

  /** Runs in flight keep the replicas they are on, of those there are. */
  private PolicyDecision guarded(PolicyDecision decision) {
    int least = Math.min(guard.map(ScaleInGuard.Least::replicas).orElse(0), observation.replicas());
    if (guard.isEmpty() || least <= decision.replicas()) {
      return decision;
    }
    ServedDemand served = served(decision.served(), least);
    Explanation before = decision.explanation();
    List<String> notes = new ArrayList<>(before.notes());
    notes.add(
        "%d replicas kept where %d were decided: %s"
            .formatted(least, decision.replicas(), guard.get().because()));
    Explanation explanation =
        new Explanation(
            before.at(),
            before.present(),
            least,
            served,
            before.inputs(),
            before.proposals(),
            before.winner(),
            before.clamps(),
            before.schedules(),
            before.foresight(),
            Optional.empty(),
            notes);
    return new PolicyDecision(least, served, decision.state(), explanation);
  }

  private ServedDemand served(ServedDemand decided, int least) {
    if (!(decided instanceof ServedDemand.Known known)) {
      return decided;
    }
    Quantity kept = Quantity.ofMilli(Math.multiplyExact(settings.perReplica().milli(), least));
    return kept.compareTo(known.demand()) > 0 ? new ServedDemand.Known(kept, at) : known;
  }
}
