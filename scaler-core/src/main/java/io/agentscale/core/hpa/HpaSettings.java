// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Duration;

/**
 * The controller-manager's settings that decisions depend on.
 *
 * @param dialect the Kubernetes version that is followed
 * @param tolerance how far from 1 a usage ratio may be before anything happens
 * @param downscaleStabilization how long a higher recommendation holds the replicas up
 * @param cpuInitialization how long after its start a pod's CPU usage may still be start-up work
 * @param initialReadinessDelay how soon after its start a pod that turns unready never was ready
 * @param containerResourceEnabled the feature gate of ContainerResource, while there was one
 */
public record HpaSettings(
    Dialect dialect,
    double tolerance,
    Duration downscaleStabilization,
    Duration cpuInitialization,
    Duration initialReadinessDelay,
    boolean containerResourceEnabled) {
  public static final HpaSettings DEFAULT =
      new HpaSettings(
          Dialect.V1_28,
          0.1,
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          true);

  public HpaSettings {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance: must be at least 0, was: " + tolerance);
    }
    requireNotNegative("downscaleStabilization", downscaleStabilization);
    requireNotNegative("cpuInitialization", cpuInitialization);
    requireNotNegative("initialReadinessDelay", initialReadinessDelay);
  }

  public HpaSettings withDialect(Dialect other) {
    return new HpaSettings(
        other,
        tolerance,
        downscaleStabilization,
        cpuInitialization,
        initialReadinessDelay,
        containerResourceEnabled);
  }

  private static void requireNotNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + ": must be at least 0 s, was: " + duration);
    }
  }
}
