// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.replay.cluster.Restarts.Controller;
import io.agentscale.simulations.replay.cluster.Restarts.Restart;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The restarts of one replay that are still to come. */
public final class RestartCalendar {
  private final Iterator<Restart> rest;
  private @Nullable Restart first;
  private double next;

  public RestartCalendar(Restarts restarts) {
    rest = restarts.all().iterator();
    turn();
  }

  /** Returns when the next one is, in seconds since the start; infinity if there is none. */
  public double next() {
    return next;
  }

  /** Takes the next one, which there must be. */
  public Controller take() {
    Restart taken = first;
    if (taken == null) {
      throw new IllegalStateException("no restart left");
    }
    turn();
    return taken.controller();
  }

  private void turn() {
    first = rest.hasNext() ? rest.next() : null;
    next = first == null ? Double.POSITIVE_INFINITY : first.seconds();
  }
}
