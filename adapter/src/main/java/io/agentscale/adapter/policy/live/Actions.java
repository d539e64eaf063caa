// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions waiting to be acted on, by the leader alone, one policy after the other. Of several for
 * one policy only the newest counts; what a former definition left behind is given back first.
 */
final class Actions {
  private static final Logger log = LoggerFactory.getLogger(Actions.class);

  private final Actuator actuator;
  private final Leadership leadership;
  private final Map<PolicyKey, Waiting> waiting = new LinkedHashMap<>();

  /** What is to be done for one policy, in this order. */
  private record Waiting(List<PolicyDefinition> releases, Optional<Decided> decided) {}

  private record Decided(PolicyDefinition policy, TargetView target, DecisionRecord record) {}

  /**
   * What came of acting.
   *
   * @param policy that was acted for
   * @param at when the decision was made
   */
  record Done(PolicyKey policy, Instant at, Actuator.Outcome outcome) {}

  Actions(Actuator actuator, Leadership leadership) {
    this.actuator = actuator;
    this.leadership = leadership;
  }

  boolean isLeading() {
    return leadership.isHeld();
  }

  /** A decision is to be acted on. */
  synchronized void decided(PolicyDefinition policy, TargetView target, DecisionRecord record) {
    if (leadership.isHeld()) {
      List<PolicyDefinition> before = releases(policy.key());
      waiting.put(
          policy.key(), new Waiting(before, Optional.of(new Decided(policy, target, record))));
    }
  }

  /** What was written for a policy is to be given back. */
  synchronized void released(PolicyDefinition policy) {
    if (leadership.isHeld()) {
      List<PolicyDefinition> releases = new ArrayList<>(releases(policy.key()));
      releases.add(policy);
      waiting.put(policy.key(), new Waiting(releases, Optional.empty()));
    }
  }

  private List<PolicyDefinition> releases(PolicyKey key) {
    Waiting known = waiting.get(key);
    return known == null ? List.of() : known.releases();
  }

  private synchronized Map<PolicyKey, Waiting> take() {
    Map<PolicyKey, Waiting> taken = new LinkedHashMap<>(waiting);
    waiting.clear();
    return taken;
  }

  /**
   * Does what waits. Blocks for as long as calls to the API server take; stops between two policies
   * when the leadership is lost, and forgets the rest: it is another one's to do.
   */
  List<Done> run(Instant now) {
    List<Done> done = new ArrayList<>();
    for (Map.Entry<PolicyKey, Waiting> each : take().entrySet()) {
      release(each.getKey(), each.getValue().releases(), now);
      each.getValue().decided().flatMap(decided -> act(decided, now)).ifPresent(done::add);
    }
    return done;
  }

  private void release(PolicyKey key, List<PolicyDefinition> releases, Instant now) {
    for (PolicyDefinition policy : releases) {
      if (!leadership.isHeld()) {
        return;
      }
      try {
        List<String> actions = actuator.release(policy, now).actions();
        log.atInfo()
            .addKeyValue("policy", key)
            .addKeyValue("actions", actions)
            .log("What was written for a policy was given back");
      } catch (RuntimeException e) {
        log.atWarn()
            .addKeyValue("policy", key)
            .addKeyValue("cause", e.getMessage())
            .log("What was written for a policy could not be given back, it is tried again");
        again(policy);
      }
    }
  }

  private synchronized void again(PolicyDefinition policy) {
    Waiting newer = waiting.get(policy.key());
    List<PolicyDefinition> releases = new ArrayList<>(List.of(policy));
    releases.addAll(releases(policy.key()));
    waiting.put(
        policy.key(), new Waiting(releases, newer == null ? Optional.empty() : newer.decided()));
  }

  private Optional<Done> act(Decided decided, Instant now) {
    if (!leadership.isHeld()) {
      return Optional.empty();
    }
    PolicyKey key = decided.policy().key();
    try {
      return Optional.of(
          new Done(
              key,
              decided.record().at(),
              actuator.act(decided.policy(), decided.target(), decided.record(), now)));
    } catch (RuntimeException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("policy", key)
          .log("A decision could not be acted on, the next one is");
      PolicyCondition failed =
          new PolicyCondition(
              PolicyCondition.Type.FLOOR_HELD,
              PolicyCondition.Status.UNKNOWN,
              "ActuationFailed",
              String.valueOf(e.getMessage()),
              now);
      return Optional.of(
          new Done(
              key,
              decided.record().at(),
              new Actuator.Outcome(List.of(), List.of(failed), List.of())));
    }
  }
}
