// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.controlplane;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a watch has to tell, in order, each event as a line of JSON. */
final class WatchEvents {
  private final BlockingQueue<Optional<String>> told = new LinkedBlockingQueue<>();

  void tell(String event) {
    told.add(Optional.of(event));
  }

  /** Nothing is told any more. */
  void end() {
    told.add(Optional.empty());
  }

  /** Waits for the next event; empty at the end. */
  Optional<String> next() throws InterruptedException {
    return told.take();
  }
}
