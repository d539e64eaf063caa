// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.policy.PolicySettings;
import java.util.Optional;

/**
 * One policy as its author wrote it, checked, with all defaults.
 *
 * @param key which one
 * @param uid of the object; empty for one read from a file
 * @param generation of the object's spec; 0 for one read from a file
 * @param target what it scales
 * @param mode whether it acts
 * @param demand where live demand is read
 * @param settings what decides: bounds, demand per replica, schedules, headroom, quota
 * @param forecast how it looks ahead; empty for not at all
 * @param activation how the first replica comes and the last one goes; present exactly where {@code
 *     minReplicas} is 0
 * @param scaleIn what happens to runs in flight
 * @param actuation how the decision reaches the workload
 */
public record PolicyDefinition(
    PolicyKey key,
    String uid,
    long generation,
    TargetRef target,
    Mode mode,
    DemandSource demand,
    PolicySettings settings,
    Optional<ForecastPlan> forecast,
    Optional<Activation> activation,
    ScaleIn scaleIn,
    Actuation actuation) {

  /** Whether a policy acts. */
  public enum Mode {
    /** It decides and acts. */
    ENFORCE,
    /** It decides and shows, but serves no demand and writes nothing. */
    PREVIEW,
    /** It decides and shows; what it had written is given back. */
    PAUSED
  }
}
