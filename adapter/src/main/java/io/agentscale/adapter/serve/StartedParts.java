// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.serve;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be closed in the other order; one that fails does not keep the others. */
final class StartedParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StartedParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  void addAll(Collection<? extends AutoCloseable> others) {
    others.forEach(parts::push);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.atWarn().setCause(e).log("A part did not stop cleanly");
      }
    }
  }
}
