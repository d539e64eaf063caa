// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.health;

import java.util.Optional;
import java.util.Locale;

/** The health endpoints of a Kubernetes API server. */
public enum HealthEndpoint {
  HEALTHZ,
  LIVEZ,
  READYZ;

  /** Returns the path's first segment, such as {@code readyz}. */
  public String segment() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the endpoint a path's first segment names. */
  public static Optional<HealthEndpoint> named(String segment) {
    for (HealthEndpoint endpoint : values()) {
      if (endpoint.segment().equals(segment)) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }
}
