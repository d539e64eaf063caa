// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One named thing that must hold. It is asked from network threads and must answer from memory.
 *
 * @param name as shown by {@code ?verbose}: letters, digits, {@code -} and {@code /}
 * @param failure what is wrong, as a sentence; empty while all is well
 */
public record HealthCheck(String name, Supplier<Optional<String>> failure) {
  public HealthCheck {
    if (!name.matches("[a-z0-9/-]+")) {
      throw new IllegalArgumentException(
          "name: must be lower-case letters, digits, '-' or '/', was: " + name);
    }
  }
}
