// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** What reading the target's scale subresource gave. */
public sealed interface ScaleReading {

  /**
   * The scale.
   *
   * @param specReplicas how many replicas are asked for
   * @param statusReplicas how many there are
   * @param selector of the target's pods
   */
  record Scale(int specReplicas, int statusReplicas, TargetSelector selector)
      implements ScaleReading {}

  /** The reading failed. */
  record Failed(String error) implements ScaleReading {}
}
