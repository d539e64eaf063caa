// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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

  private final Map<PolicyKey, PolicySnapshot> posted = new ConcurrentSkipListMap<>();
  private final Map<PolicyKey, Deque<DecisionRecord>> records = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Hears of changes, on the thread that made them; it must not block. */
  public interface Listener {
    /** A policy is new, or something about it changed. */
    void posted(PolicySnapshot snapshot);

    /** A policy is gone. */
    void removed(PolicyKey key);
  }

  /** Replaces what is known of a policy; a latest record not seen before joins its history. */
  public void post(PolicySnapshot snapshot) {
    PolicyKey key = snapshot.definition().key();
    snapshot.latest().ifPresent(record -> remember(key, record));
    posted.put(key, snapshot);
    listeners.forEach(listener -> listener.posted(snapshot));
  }

  /** Forgets a policy. */
  public void remove(PolicyKey key) {
    records.remove(key);
    if (posted.remove(key) != null) {
      listeners.forEach(listener -> listener.removed(key));
    }
  }

  /** Returns what is known of a policy; empty if there is none of that name. */
  public Optional<PolicySnapshot> find(PolicyKey key) {
    return Optional.ofNullable(posted.get(key));
  }

  /** Returns all policies, by namespace and name. */
  public Collection<PolicySnapshot> all() {
    return List.copyOf(posted.values());
  }

  /** Returns a policy's decisions, the oldest first. */
  public List<DecisionRecord> history(PolicyKey key) {
    Deque<DecisionRecord> kept = records.get(key);
    if (kept == null) {
      return List.of();
    }
    synchronized (kept) {
      return List.copyOf(kept);
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

  private void remember(PolicyKey key, DecisionRecord record) {
    Deque<DecisionRecord> kept = records.computeIfAbsent(key, _ -> new ArrayDeque<>());
    synchronized (kept) {
      if (kept.isEmpty() || !kept.getLast().equals(record)) {
        kept.addLast(record);
      }
      if (kept.size() > RECORDS_KEPT) {
        kept.removeFirst();
      }
    }
  }
}
