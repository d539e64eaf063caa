// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.actuate.Scales.Scale;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.ScaleInGuard.Least;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.policy.QueueStep;
import io.agentscale.core.policy.QueueStep.LastChange;
import io.agentscale.core.policy.Recommendation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes the scale of workloads by a {@link QueueStep}, of which the demand of the policy is the
 * backlog. Schedules and forecasts bound it as they bound any decision.
 *
 * <p>When the count was last changed is written to the policy's object before the count is, so that
 * a crash between the two costs one pause, not a second step. A policy from a file has no object:
 * after a restart its pause starts again.
 */
final class OwnScale {
  /** The annotation of the policy's object. */
  static final String LAST_CHANGE = "agentscale.io/last-change";

  private static final JsonMapper JSON = new JsonMapper();

  private final ClusterApi api;
  private final Scales scales;
  private final ScaleInGuard guard;
  private final Map<PolicyKey, LastChange> states = new ConcurrentHashMap<>();

  OwnScale(ClusterApi api, Scales scales, ScaleInGuard guard) {
    this.api = api;
    this.scales = scales;
    this.guard = guard;
  }

  void act(
      PolicyDefinition policy,
      QueueStep rule,
      TargetView.Known target,
      PolicyDecision decision,
      Instant now,
      Report report) {
    LastChange state =
        notAhead(states.computeIfAbsent(policy.key(), _ -> recall(policy, now)), now);
    Recommendation<LastChange> next =
        rule.recommend(
            state, OwnCount.load(target.replicas(), target.readyReplicas(), decision), now);
    if (bounded(policy, target, next.replicas(), decision, now) == target.replicas()) {
      return;
    }
    Scale present = scales.read(policy.key().namespace(), policy.target());
    // What is watched may lag behind what was written last.
    next =
        rule.recommend(
            state, OwnCount.load(present.replicas(), target.readyReplicas(), decision), now);
    TargetView.Known seen = withReplicas(target, present.replicas());
    int wanted = bounded(policy, seen, next.replicas(), decision, now);
    if (wanted == present.replicas()) {
      return;
    }
    LastChange changed = new LastChange(Optional.of(now));
    remember(policy, changed, present.replicas(), wanted);
    states.put(policy.key(), changed);
    scales.write(present, wanted);
    report.action(
        "replicas of %s: %d to %d (%s)"
            .formatted(policy.target(), present.replicas(), wanted, next.reason()));
  }

  void forget(PolicyKey policy) {
    states.remove(policy);
  }

  void distrust() {
    states.clear();
  }

  private int bounded(
      PolicyDefinition policy,
      TargetView.Known target,
      int recommended,
      PolicyDecision decision,
      Instant now) {
    return OwnCount.bounded(
        policy,
        target.replicas(),
        recommended,
        decision,
        () -> guard.least(policy, target, now).map(Least::replicas).orElse(0));
  }

  private static TargetView.Known withReplicas(TargetView.Known target, int replicas) {
    return new TargetView.Known(
        replicas,
        target.readyReplicas(),
        target.pods(),
        target.autoscalers(),
        target.lead(),
        target.obstacles());
  }

  private LastChange recall(PolicyDefinition policy, Instant now) {
    if (policy.uid().isEmpty()) {
      return new LastChange(Optional.of(now));
    }
    JsonNode text =
        api.get(path(policy.key())).path("metadata").path("annotations").path(LAST_CHANGE);
    if (text.isMissingNode()) {
      return new LastChange(Optional.empty());
    }
    try {
      Instant at = Instant.parse(JSON.readTree(text.asText()).path("at").asText());
      return new LastChange(Optional.of(at));
    } catch (JsonProcessingException | DateTimeException e) {
      return new LastChange(Optional.of(now));
    }
  }

  /** Noted by a clock that ran ahead, a change must not hold for longer than one pause. */
  private static LastChange notAhead(LastChange state, Instant now) {
    return state.at().filter(at -> at.isAfter(now)).isPresent()
        ? new LastChange(Optional.of(now))
        : state;
  }

  private void remember(PolicyDefinition policy, LastChange change, int from, int to) {
    if (policy.uid().isEmpty()) {
      return;
    }
    ObjectNode value = JSON.createObjectNode();
    value.put("at", change.at().orElseThrow().toString()).put("from", from).put("to", to);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(LAST_CHANGE, value.toString());
    var _ = api.merge(path(policy.key()), patch);
  }

  private static String path(PolicyKey policy) {
    return "/apis/agentscale.io/v1alpha1/namespaces/%s/scalingpolicies/%s"
        .formatted(policy.namespace(), policy.name());
  }
}
