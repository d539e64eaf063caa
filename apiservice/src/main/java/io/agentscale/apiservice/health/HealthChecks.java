// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.health;

import java.util.List;
import java.util.stream.Stream;
import java.util.Optional;

/**
 * The checks of a program.
 *
 * @param live what must hold, or the process should be restarted
 * @param ready what else must hold for it to be sent requests
 */
public record HealthChecks(List<HealthCheck> live, List<HealthCheck> ready) {
  private static final HealthCheck PING = new HealthCheck("ping", Optional::empty);

  /** A program with nothing of its own to check. */
  public static final HealthChecks NONE = new HealthChecks(List.of(), List.of());

  public HealthChecks {
    live = List.copyOf(live);
    ready = List.copyOf(ready);
  }

  /** Returns the checks behind an endpoint; answering at all is always the first. */
  public List<HealthCheck> behind(HealthEndpoint endpoint) {
    Stream<HealthCheck> own =
        endpoint == HealthEndpoint.READYZ
            ? Stream.concat(live.stream(), ready.stream())
            : live.stream();
    return Stream.concat(Stream.of(PING), own).toList();
  }
}
