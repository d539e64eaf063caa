// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import io.agentscale.core.schedule.Influence.Bound;
import io.agentscale.core.schedule.Influence.Motion;

/**
 * One stretch of one schedule's windows in which it is held, or moves in a straight line.
 *
 * @param order of the schedule in its plan
 * @param from in seconds since the epoch
 * @param to in seconds since the epoch, not included
 * @param target replicas, or thousandths of demand
 */
record Piece(
    int order, String schedule, Bound bound, Motion motion, long from, long to, long target) {

  /** Returns where it is at a time, on its way between what holds without it and its target. */
  long value(long underlying, long epochMilli) {
    long whole = (to - from) * 1000;
    long gone = epochMilli - from * 1000;
    long way = target - underlying;
    return switch (motion) {
      case HELD -> target;
      case APPROACHING -> underlying + share(way, gone, whole);
      case LEAVING -> underlying + share(way, whole - gone, whole);
    };
  }

  /**
   * Returns way x part / whole rounded up, so that a ramp never has less capacity than its line;
   * split so that it cannot overflow.
   */
  private static long share(long way, long part, long whole) {
    return Math.floorDiv(way, whole) * part + Math.ceilDiv(Math.floorMod(way, whole) * part, whole);
  }
}
