// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The Kubernetes version whose controller is followed; each method is one difference between them.
 *
 * <p>{@code ScaledToZero} came with 1.36 and is in neither.
 */
public enum Dialect {
  V1_28(28),
  V1_35(35);

  private final int minor;

  Dialect(int minor) {
    this.minor = minor;
  }

  /**
   * Returns the dialect written {@code v1.28} or {@code v1.35}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Dialect of(String text) {
    for (Dialect dialect : values()) {
      if (dialect.text().equals(text)) {
        return dialect;
      }
    }
    String known = Arrays.stream(values()).map(Dialect::text).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("dialect: must be one of " + known + ", was: " + text);
  }

  public String text() {
    return "v1." + minor;
  }

  /** Since 1.29 the requests of sidecars, that is restartable init containers, count. */
  boolean countsSidecarRequests() {
    return minor >= 29;
  }

  /** Until 1.31 the type ContainerResource could be switched off by a feature gate. */
  boolean gatesContainerResource() {
    return minor < 32;
  }

  /**
   * Until 1.31 a pod whose metrics lack the container failed the metric; since then it is missing.
   */
  boolean failsOnMissingContainer() {
    return minor < 32;
  }

  /** Since 1.34 a pod's own requests take the place of the sum over its containers. */
  boolean readsPodRequests() {
    return minor >= 34;
  }

  /**
   * Since 1.34 an External sum stops at the ends of 64 bits, and its average's result at 2^31-1.
   */
  boolean capsExternalAverages() {
    return minor >= 34;
  }

  /** Since 1.35 (beta, on) the two directions have tolerances of their own, as an interval. */
  public boolean hasToleranceInterval() {
    return minor >= 35;
  }

  /** Since 1.35 the result of a metric with a plain value stops at 2^31-1. */
  boolean capsValues() {
    return minor >= 35;
  }
}
