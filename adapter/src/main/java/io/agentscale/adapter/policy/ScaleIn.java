// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import java.time.Duration;

/**
 * How runs in flight survive fewer replicas.
 *
 * @param protectBusyPods the idlest pods go first, and no pod is proposed away that is busy with a
 *     run as old as {@code longRun}
 * @param longRun from which age on a run keeps its pod
 */
public record ScaleIn(boolean protectBusyPods, Duration longRun) {
  public static final ScaleIn UNPROTECTED = new ScaleIn(false, Duration.ofMinutes(1));
}
