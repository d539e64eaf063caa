// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.util.List;

/** Where policies come from: the cluster, or a file. Closed, it tells no more. */
public interface PolicySource extends AutoCloseable {

  /** Starts to tell of policies: first of those there are, then of changes. */
  void start(Listener listener);

  /** Tells whether all policies there were at the start have been told of. */
  boolean isSynced();

  @Override
  void close();

  /** Hears of policies, from one thread at a time. */
  interface Listener {

    /** A policy is new, or its spec changed. */
    void defined(PolicyDefinition policy);

    /**
     * A policy's spec cannot be followed. What it said before no longer holds.
     *
     * @param generation of the refused spec
     * @param problems each with the path of its field
     */
    void refused(PolicyKey key, String uid, long generation, List<String> problems);

    /** A policy is gone. */
    void removed(PolicyKey key);
  }
}
