// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Instant;

/**
 * Recommends {@code ceil(backlog / perReplica)} replicas within bounds: the rule of queue-driven
 * dispatchers, such as an operator that reads {@code agent_queue_depth} and plans one worker for
 * every five waiting tasks (its defaults: 5 per replica, 1 to 100).
 *
 * @param perReplica waiting tasks one replica is planned for
 * @param bounds the fewest and the most replicas
 */
public record QueueRatio(double perReplica, ReplicaBounds bounds)
    implements Recommender<Stateless> {
  public static final QueueRatio DEFAULT = new QueueRatio(5, new ReplicaBounds(1, 100));

  public QueueRatio {
    Positive.require("perReplica", perReplica);
  }

  @Override
  public Stateless initialState() {
    return new Stateless();
  }

  @Override
  public Recommendation<Stateless> recommend(Stateless state, Load load, Instant now) {
    if (load.backlog().isEmpty()) {
      return new Recommendation<>(
          bounds.clamp(load.replicas()), state, "backlog unknown: replicas held");
    }
    double backlog = load.backlog().getAsDouble();
    long wanted = ReplicaBounds.replicasFor(backlog, perReplica);
    return new Recommendation<>(
        bounds.clamp(wanted),
        state,
        "backlog " + backlog + " / " + perReplica + " per replica asks for " + wanted);
  }
}
