// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One named thing that must hold. It is asked from network threads and must answer from memory.
 *
 * @param name as shown by {@code ?verbose}: letters, digits, {@code -} and {@code /}
 * @param failure what is wrong, as a sentence; empty while all is well
 * @param warning what a person should see to although it holds; shown by {@code ?verbose}
 */
public record HealthCheck(
    String name, Supplier<Optional<String>> failure, Supplier<Optional<String>> warning) {
  public HealthCheck(String name, Supplier<Optional<String>> failure) {
    this(name, failure, Optional::empty);
  }

  public HealthCheck {
    if (!name.matches("[a-z0-9/-]+")) {
      throw new IllegalArgumentException(
          "name: must be lower-case letters, digits, '-' or '/', was: " + name);
    }
  }
}
