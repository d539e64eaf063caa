// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import java.time.Duration;

/**
 * How the loop runs.
 *
 * @param period from one decision of a policy to its next
 * @param patience how long a decision waits for demand to be read
 * @param fallbackLead how far ahead counts while no start of a pod was seen
 * @param forecastStep the width of a forecaster's bucket; a narrower one costs memory
 */
public record LoopSettings(
    Duration period, Duration patience, Duration fallbackLead, Duration forecastStep) {
  /** As often as Kubernetes' own HorizontalPodAutoscaler controller looks. */
  public static final LoopSettings DEFAULT =
      new LoopSettings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1));

  public LoopSettings {
    requireWithin("tick", period, Duration.ofMillis(100), Duration.ofMinutes(5));
    requireWithin("fallbackLead", fallbackLead, LeadTime.SHORTEST, LeadTime.LONGEST);
    requireWithin("forecastStep", forecastStep, Duration.ofSeconds(10), Duration.ofMinutes(10));
  }

  private static void requireWithin(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: must be from %s to %s, was: %s".formatted(name, least, most, value));
    }
  }
}
