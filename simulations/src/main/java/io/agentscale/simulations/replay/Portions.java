// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.score.Portion;
import java.util.ArrayList;
import java.util.List;

/**
 * The time scored in parts of one length. A last part shorter than half is put to the one before.
 */
final class Portions {
  private static final Portion NOTHING = new Portion(0, 0, 0, 0);

  private final double length;
  private final List<Portion> closed = new ArrayList<>();
  private Portion before = NOTHING;
  private double begun;
  private double next = Double.POSITIVE_INFINITY;

  /** Prepares; a length of infinity is no division. */
  Portions(double length) {
    this.length = length;
  }

  /** Scoring begins: what was counted so far is not in any part. */
  void begin(double now, Portion soFar) {
    begun = now;
    next = now + length;
    before = soFar;
  }

  /** Returns when a part ends, infinity if none does. */
  double next() {
    return next;
  }

  /** A part ends. */
  void close(Portion soFar) {
    closed.add(soFar.since(before));
    before = soFar;
    begun = next;
    next += length;
  }

  /** Ends. */
  List<Portion> end(double now, Portion soFar) {
    if (length < Double.POSITIVE_INFINITY && now > begun) {
      boolean isShort = now - begun < length / 2 && !closed.isEmpty();
      Portion last = soFar.since(before);
      closed.add(isShort ? closed.removeLast().and(last) : last);
    }
    return List.copyOf(closed);
  }
}
