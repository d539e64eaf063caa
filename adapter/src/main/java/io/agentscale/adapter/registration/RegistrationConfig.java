// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What is registered, and how.
 *
 * @param groups to register; empty for nothing
 * @param service that leads to us
 * @param caFile authorities that vouch for a serving certificate given to us; absent for our own
 * @param takeOver register even what leads to another service
 */
public record RegistrationConfig(
    Set<RegisteredGroup> groups, ServiceAddress service, Optional<Path> caFile, boolean takeOver) {
  /** Registers nothing. */
  public static final RegistrationConfig NONE =
      new RegistrationConfig(
          Set.of(),
          new ServiceAddress("agentscale-system", "agentscale", 443),
          Optional.empty(),
          false);

  public RegistrationConfig {
    groups = Set.copyOf(groups);
  }

  /** Tells whether there is anything to register. */
  public boolean isWanted() {
    return !groups.isEmpty();
  }
}
