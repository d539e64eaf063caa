// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.rules.RuleBackend;
import io.agentscale.core.policy.LiveDemand;
import io.agentscale.core.policy.TokenUse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads demand from the sources of the configuration: pods by a preset, Prometheus by a query. */
public final class SourcedDemand implements DemandReader {
  private final PodDemand pods;
  private final QueryDemand queries;
  private final PodConcurrency runs;

  /**
   * @param readings of presets, those of the configuration in use
   * @param backends of the configuration in use by name; the default one's is empty
   * @param reach of queries
   * @param pods the kind
   * @param objects knows which pods there are
   * @param runs read again with every demand
   */
  public SourcedDemand(
      Supplier<PresetReadings> readings,
      Function<String, Optional<RuleBackend>> backends,
      QueryReach reach,
      ResourceKind pods,
      ObjectIndex objects,
      PodConcurrency runs,
      InstantSource clock) {
    this.pods = new PodDemand(readings, pods, objects, clock);
    this.queries = new QueryDemand(backends, reach);
    this.runs = runs;
  }

  /** Returns the preset a policy names. */
  static Optional<Preset> preset(String name) {
    return Preset.named(name.replace('-', '_'));
  }

  @Override
  public CompletionStage<Reading> read(PolicyDefinition policy, TargetView target) {
    CompletionStage<LiveDemand> demand = demand(policy, target);
    if (target instanceof TargetView.Known present) {
      demand = demand.thenCombine(runs.refresh(policy, present), (live, _) -> live);
    }
    boolean isMetered =
        policy.settings().quota().filter(q -> q.tokensPerMinutePerReplica().isEmpty()).isPresent();
    if (!isMetered || !(target instanceof TargetView.Known known)) {
      return demand.thenApply(live -> new Reading(live, Optional.empty()));
    }
    return demand.thenCombine(
        pods.read(policy.key(), Preset.AGENT_TOKENS_PER_MINUTE, known),
        (live, tokens) -> new Reading(live, tokenUse(tokens)));
  }

  /** Forgets what is known of a policy that is gone. */
  @Override
  public void forget(PolicyKey policy) {
    pods.forget(policy);
    runs.forget(policy);
  }

  private CompletionStage<LiveDemand> demand(PolicyDefinition policy, TargetView target) {
    return switch (policy.demand()) {
      case DemandSource.OfQuery query -> queries.read(policy.key(), query);
      case DemandSource.OfPreset(String name) -> podDemand(policy.key(), name, target);
    };
  }

  private CompletionStage<LiveDemand> podDemand(PolicyKey key, String name, TargetView target) {
    Optional<Preset> preset = preset(name);
    if (preset.isEmpty()) {
      return unknown(name, "there is no such preset");
    }
    return switch (target) {
      case TargetView.Known known -> pods.read(key, preset.get(), known);
      case TargetView.Unknown(String cause) -> unknown(name, "its pods are unknown: " + cause);
    };
  }

  private static Optional<TokenUse> tokenUse(LiveDemand tokens) {
    return tokens instanceof LiveDemand.Known known
        ? Optional.of(new TokenUse(known.demand(), known.at(), known.source()))
        : Optional.empty();
  }

  private static CompletionStage<LiveDemand> unknown(String preset, String cause) {
    return CompletableFuture.completedStage(new LiveDemand.Unknown("preset " + preset, cause));
  }
}
