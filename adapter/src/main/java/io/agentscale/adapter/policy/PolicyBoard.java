// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The last decisions of all policies in memory: the one place the loop writes to, and all that
 * serve, explain or show read from. It may be used by any thread.
 */
public final class PolicyBoard {
  /** About two hours at a decision every fifteen seconds. */
  public static final int RECORDS_KEPT = 500;

  private final NavigableMap<PolicyKey, PolicySnapshot> posted = new ConcurrentSkipListMap<>();
  private final Map<PolicyKey, PolicyRefusal> refused = new ConcurrentSkipListMap<>();
  private final Map<PolicyKey, DecisionLog> logs = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Hears of changes, on the thread that made them; it must not block. */
  public interface Listener {
    /** A policy is new, or something about it changed. */
    void posted(PolicySnapshot snapshot);

    /** A policy's spec cannot be followed. */
    default void refused(PolicyRefusal refusal) {}

    /** A policy is gone. */
    void removed(PolicyKey key);
  }

  /** Replaces what is known of a policy, which may have been refused before. */
  public void post(PolicySnapshot snapshot) {
    PolicyKey key = snapshot.definition().key();
    refused.remove(key);
    posted.put(key, snapshot);
    listeners.forEach(listener -> listener.posted(snapshot));
  }

  /**
   * Replaces what is known of a policy by what it says after a decision.
   *
   * @param inputs what the snapshot's latest decision was made of; it joins the history
   */
  public void decided(PolicySnapshot snapshot, DecisionInputs inputs) {
    DecisionLog log =
        logs.computeIfAbsent(snapshot.definition().key(), _ -> new DecisionLog(RECORDS_KEPT));
    synchronized (log) {
      log.add(inputs);
    }
    post(snapshot);
  }

  /** Notes what was written to the cluster because of the decision made at a time. */
  public void acted(PolicyKey key, Instant at, List<String> actions) {
    DecisionLog log = logs.get(key);
    if (log != null) {
      synchronized (log) {
        log.acted(at, actions);
      }
    }
  }

  /** Replaces what is known of a policy by the reason why it is not followed. */
  public void refuse(PolicyRefusal refusal) {
    posted.remove(refusal.key());
    refused.put(refusal.key(), refusal);
    listeners.forEach(listener -> listener.refused(refusal));
  }

  /** Forgets a policy. */
  public void remove(PolicyKey key) {
    logs.remove(key);
    boolean wasRefused = refused.remove(key) != null;
    if (posted.remove(key) != null || wasRefused) {
      listeners.forEach(listener -> listener.removed(key));
    }
  }

  /** Returns what is known of a policy; empty if there is none of that name that is followed. */
  public Optional<PolicySnapshot> find(PolicyKey key) {
    return Optional.ofNullable(posted.get(key));
  }

  /** Returns why a policy is not followed; empty if it is, or there is none of that name. */
  public Optional<PolicyRefusal> findRefusal(PolicyKey key) {
    return Optional.ofNullable(refused.get(key));
  }

  /** Returns all policies that are followed, by namespace and name. */
  public Collection<PolicySnapshot> all() {
    return List.copyOf(posted.values());
  }

  /** Returns the policies of a namespace that are followed, by name. */
  public List<PolicySnapshot> inNamespace(String namespace) {
    return posted.tailMap(new PolicyKey(namespace, "")).values().stream()
        .takeWhile(snapshot -> snapshot.definition().key().namespace().equals(namespace))
        .toList();
  }

  /** Returns all policies that are not followed, by namespace and name. */
  public Collection<PolicyRefusal> refusals() {
    return List.copyOf(refused.values());
  }

  /** Returns a policy's decisions, the oldest first. */
  public List<DecisionRecord> history(PolicyKey key) {
    return history(key, Instant.MIN, RECORDS_KEPT);
  }

  /**
   * Returns a policy's last decisions since a time, the oldest first.
   *
   * @param most how many at most
   */
  public List<DecisionRecord> history(PolicyKey key, Instant since, int most) {
    DecisionLog log = logs.get(key);
    if (log == null) {
      return List.of();
    }
    synchronized (log) {
      return log.since(since, most);
    }
  }

  /** Adds a listener; it hears what happens from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes a listener. */
  public void unlisten(Listener listener) {
    listeners.remove(listener);
  }
}
