// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicyRefusal;
import io.agentscale.adapter.policy.PolicySource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for every policy once a period, each at its own moment. Every replica decides alike; what
 * is to be written waits for {@link #act}, which only the leader's comes to anything.
 *
 * <p>{@link #tick} and {@link #act} are each called by one thread; specs may come from any.
 */
public final class PolicyLoop implements PolicySource.Listener {
  private static final Logger log = LoggerFactory.getLogger(PolicyLoop.class);

  /** How often to tick: a decision comes this much late at most. */
  public static final Duration RESOLUTION = Duration.ofMillis(250);

  private final LoopParts parts;
  private final LoopSettings settings;
  private final PolicyBoard board;
  private final Actions actions;
  private final ClockWatch clock = new ClockWatch();
  private final Map<PolicyKey, LivePolicy> policies = new HashMap<>();
  private final Queue<Consumer<Instant>> events = new ConcurrentLinkedQueue<>();
  // The acting thread's own.
  private boolean led;

  public PolicyLoop(LoopParts parts, LoopSettings settings, PolicyBoard board) {
    this.parts = parts;
    this.settings = settings;
    this.board = board;
    this.actions = new Actions(parts.actuator(), parts.leadership());
  }

  @Override
  public void defined(PolicyDefinition policy) {
    events.add(now -> define(policy, now));
  }

  @Override
  public void refused(PolicyKey key, String uid, long generation, List<String> problems) {
    events.add(_ -> refuse(new PolicyRefusal(key, uid, generation, problems)));
  }

  @Override
  public void removed(PolicyKey key) {
    events.add(_ -> remove(key));
  }

  /** Takes note of what changed, and decides what is due. Does not block. */
  public void tick(Instant now) {
    Consumer<Instant> event = events.poll();
    while (event != null) {
      event.accept(now);
      event = events.poll();
    }
    if (clock.wentBack(now)) {
      log.atWarn().addKeyValue("now", now).log("The clock went back");
      policies.values().forEach(policy -> policy.clockWentBack(now));
    }
    for (LivePolicy policy : policies.values()) {
      tick(policy, now);
    }
  }

  private void tick(LivePolicy policy, Instant now) {
    try {
      policy.tick(now, clock.isTrusted());
    } catch (RuntimeException e) {
      // One policy's bug must not stop the others.
      log.atError()
          .setCause(e)
          .addKeyValue("policy", policy.definition().key())
          .log("A decision met a bug; the next one goes on");
    }
  }

  /** Writes what was decided, if this replica leads. Blocks while the API server is asked. */
  public void act(Instant now) {
    boolean leads = parts.leadership().isHeld();
    if (leads != led) {
      led = leads;
      if (leads) {
        parts.duties().won();
      } else {
        parts.duties().lost();
      }
    }
    runActions(now);
    // Before all are told of, a policy not told of yet would look like one that is gone.
    if (leads && parts.allTold().getAsBoolean() && events.isEmpty()) {
      parts.duties().round(existing(), now);
    }
  }

  private Set<PolicyKey> existing() {
    Set<PolicyKey> existing = new HashSet<>();
    board.all().forEach(snapshot -> existing.add(snapshot.definition().key()));
    board.refusals().forEach(refusal -> existing.add(refusal.key()));
    return existing;
  }

  private void runActions(Instant now) {
    for (Actions.Done done : actions.run(now)) {
      events.add(
          _ -> {
            LivePolicy policy = policies.get(done.policy());
            if (policy != null) {
              policy.acted(done);
            }
          });
    }
  }

  private void define(PolicyDefinition policy, Instant now) {
    LivePolicy known = policies.get(policy.key());
    if (known == null) {
      policies.put(policy.key(), new LivePolicy(parts, settings, board, actions, policy, now));
    } else {
      known.redefine(policy, now);
    }
  }

  private void refuse(PolicyRefusal refusal) {
    LivePolicy known = policies.get(refusal.key());
    if (known != null) {
      known.suspend();
    }
    board.refuse(refusal);
  }

  private void remove(PolicyKey key) {
    LivePolicy known = policies.remove(key);
    if (known != null) {
      actions.released(known.definition());
      parts.demand().forget(key);
    }
    board.remove(key);
  }
}
