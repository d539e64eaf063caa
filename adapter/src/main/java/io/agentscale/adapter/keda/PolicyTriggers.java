// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.ServedDemand;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.time.Instant;

/** Reads policies' triggers off the board: what was decided last, as long as it can be believed. */
final class PolicyTriggers {
  private final PolicyBoard board;
  private final Duration believed;
  private final ActivityMemory activity = new ActivityMemory();

  /**
   * @param believed how long a decision stands when no newer one follows
   */
  PolicyTriggers(PolicyBoard board, Duration believed) {
    this.board = board;
    this.believed = believed;
  }

  void note(PolicySnapshot snapshot) {
    activity.note(snapshot);
  }

  void forget(PolicyKey key) {
    activity.forget(key);
  }

  /**
   * Returns the demand a policy decided to serve.
   *
   * @throws StatusException {@code NOT_FOUND} without such a policy, {@code FAILED_PRECONDITION} if
   *     it is not to be followed by an autoscaler, {@code UNAVAILABLE} while its demand is unknown
   */
  TriggerValue value(PolicyKey key, Instant now) throws StatusException {
    PolicySnapshot snapshot = find(key);
    requireFollowed(snapshot.definition());
    if (snapshot.latest().isEmpty()) {
      throw unavailable("policy " + key + " has not decided yet; ask again shortly");
    }
    DecisionRecord latest = snapshot.latest().get();
    Duration age = Duration.between(latest.at(), now);
    if (age.compareTo(believed) > 0) {
      throw unavailable(
          "policy %s last decided %d s ago, and what is older than %d s is not believed"
              .formatted(key, age.toSeconds(), believed.toSeconds()));
    }
    return switch (latest.decision().served()) {
      case ServedDemand.Known(Quantity demand, Instant _) ->
          new TriggerValue(demand, activity.isActive(snapshot, latest, now));
      case ServedDemand.Unknown(String cause) ->
          throw unavailable("the demand of policy " + key + " is " + cause);
    };
  }

  /**
   * Returns what one replica of a policy's target carries, whether it is followed or not.
   *
   * @throws StatusException {@code NOT_FOUND} without such a policy
   */
  Quantity target(PolicyKey key) throws StatusException {
    return find(key).definition().settings().perReplica();
  }

  private PolicySnapshot find(PolicyKey key) throws StatusException {
    return board
        .find(key)
        .orElseThrow(
            () ->
                Status.NOT_FOUND
                    .withDescription(
                        "there is no policy %s in use; see kubectl get scalingpolicies -n %s"
                            .formatted(key, key.namespace()))
                    .asException());
  }

  private static void requireFollowed(PolicyDefinition policy) throws StatusException {
    String name = "policy " + policy.key();
    switch (policy.mode()) {
      case PREVIEW ->
          throw precondition(name + " has mode Preview: it decides and serves no demand");
      case PAUSED -> throw precondition(name + " has mode Paused: it serves no demand");
      case ENFORCE -> {}
    }
    if (policy.actuation() instanceof Actuation.OwnScale) {
      throw precondition(
          name + " scales its target itself; a ScaledObject beside it would undo what it does");
    }
  }

  private static StatusException precondition(String description) {
    return Status.FAILED_PRECONDITION.withDescription(description).asException();
  }

  private static StatusException unavailable(String description) {
    return Status.UNAVAILABLE.withDescription(description).asException();
  }
}
