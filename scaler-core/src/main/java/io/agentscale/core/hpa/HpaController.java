// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.time.Instant;

/**
 * The HorizontalPodAutoscaler controller: a pure function from what it sees to what it does.
 *
 * <p>The same inputs always give the same decision; nothing is kept between calls but what the
 * caller carries in {@link HpaState}.
 */
public final class HpaController {
  private final HpaSettings settings;

  public HpaController(HpaSettings settings) {
    this.settings = settings;
  }

  /**
   * Makes one reconciliation.
   *
   * @param spec validated, see {@link HpaValidation}; an invalid one is followed as far as the real
   *     controller would follow it
   * @param state that the previous reconciliation left
   * @param observation what the cluster looks like
   * @param now not before the previous reconciliation
   */
  public HpaTransition decide(HpaSpec spec, HpaState state, Observation observation, Instant now) {
    return new Reconciliation(settings, spec, state, observation, now).run();
  }
}
