// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import java.time.Duration;

/**
 * What is kept of all that is pushed, and for how long.
 *
 * @param pods most pods kept
 * @param seriesPerPod most series kept of one pod
 * @param series most series kept in all
 * @param staleAfter the age from which a value is no longer served
 * @param rateWindow what counters are differentiated over
 */
public record PushLimits(
    int pods, int seriesPerPod, int series, Duration staleAfter, Duration rateWindow) {

  /** Attributes of one point that are kept; one with more is refused. */
  static final int ATTRIBUTES = 32;

  /** Letters of all attributes of one point together; one with more is refused. */
  static final int LETTERS = 1024;

  /** Letters of one attribute of a resource, as many as a name in Kubernetes; others are unread. */
  static final int NAME_LETTERS = 253;

  /** Samples of a series within the window that rates are taken over. */
  private static final int RESOLUTION = 16;

  /** A process that said nothing for this long is taken to have ended. */
  private static final int FORGOTTEN_AFTER = 4;

  /** Returns how close together samples are kept; a newer one within it replaces the last. */
  Duration spacing() {
    return rateWindow.dividedBy(RESOLUTION);
  }

  /** Returns how long a process of a pod may be silent while the pod still speaks. */
  Duration forgottenAfter() {
    return staleAfter.multipliedBy(FORGOTTEN_AFTER);
  }
}
