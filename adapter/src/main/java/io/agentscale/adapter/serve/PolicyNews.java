// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicyRefusal;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.policy.live.Leadership;
import io.agentscale.adapter.policy.resource.PolicyEvents;
import io.agentscale.adapter.policy.resource.PolicyStatusWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Has the leader write what becomes of policies into their status and into Events. */
final class PolicyNews implements PolicyBoard.Listener {
  private final PolicyStatusWriter statuses;
  private final PolicyEvents events;
  private final Leadership leadership;
  private final Set<PolicyKey> told = ConcurrentHashMap.newKeySet();

  PolicyNews(PolicyStatusWriter statuses, PolicyEvents events, Leadership leadership) {
    this.statuses = statuses;
    this.events = events;
    this.leadership = leadership;
  }

  @Override
  public void posted(PolicySnapshot snapshot) {
    // One that was never decided upon has nothing to say yet.
    if (leadership.isHeld() && !snapshot.conditions().isEmpty()) {
      told.add(snapshot.definition().key());
      statuses.write(snapshot);
      events.tell(snapshot);
    }
  }

  @Override
  public void refused(PolicyRefusal refusal) {
    if (leadership.isHeld()) {
      told.add(refusal.key());
      statuses.writeRefused(refusal.key(), refusal.uid(), refusal.generation(), refusal.problems());
      events.tellRefused(refusal.key(), refusal.uid(), refusal.problems());
    }
  }

  @Override
  public void removed(PolicyKey key) {
    told.remove(key);
    statuses.forget(key);
    events.forget(key);
  }

  /** Writes nothing more of what it was told: it is another one's to do. */
  void forgetAll() {
    told.forEach(this::removed);
  }
}
