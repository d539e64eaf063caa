// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

/** Hears of every export. */
@FunctionalInterface
public interface PushObserver {

  /**
   * An export came.
   *
   * @param taken points that were kept
   * @param unused points that no preset reads
   * @param rejected points that were refused
   */
  void exported(int taken, int unused, int rejected);
}
