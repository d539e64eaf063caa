// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.Normalization.Limit;
import io.agentscale.core.hpa.Normalization.Stabilization;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Turns what the metrics ask for into what may be done now: stabilization by past recommendations,
 * then rate limits, then bounds.
 *
 * @param spec of the HPA
 * @param settings of the controller
 * @param state whose histories are looked at
 * @param current replicas
 * @param now the time of the decision
 */
record Normalizer(HpaSpec spec, HpaSettings settings, HpaState state, int current, Instant now) {
  private static final double LEGACY_FACTOR = 2.0;
  private static final double LEGACY_MINIMUM = 4.0;

  /**
   * A normalized count.
   *
   * @param normalization how it came about
   * @param recommendations with the unstabilized count recorded
   */
  record Outcome(Normalization normalization, RecommendationHistory recommendations) {}

  Outcome normalize(int desired) {
    return spec.behavior().isPresent()
        ? withBehavior(spec.behavior().get(), desired)
        : withoutBehavior(desired);
  }

  private Outcome withoutBehavior(int desired) {
    Instant cutoff = now.minus(settings.downscaleStabilization());
    // An entry exactly a window old still counts here, and no longer does with a behavior.
    int stabilized = state.recommendations().highestNotBefore(cutoff, desired);
    Stabilization stabilization =
        stabilized == desired
            ? Stabilization.READY_FOR_NEW_SCALE
            : Stabilization.SCALE_DOWN_STABILIZED;
    int limit = GoNumbers.toInt32(Math.max(LEGACY_FACTOR * (double) current, LEGACY_MINIMUM));
    int top = Math.min(spec.maxReplicas(), limit);
    int result = stabilized;
    Limit reason = Limit.DESIRED_WITHIN_RANGE;
    if (stabilized < spec.minReplicas()) {
      result = spec.minReplicas();
      reason = Limit.TOO_FEW_REPLICAS;
    } else if (stabilized > top) {
      result = top;
      reason = topReason(limit);
    }
    return new Outcome(
        new Normalization(desired, stabilized, stabilization, result, reason),
        state.recommendations().with(desired, now, cutoff));
  }

  private Limit topReason(int limit) {
    return spec.maxReplicas() > limit ? Limit.SCALE_UP_LIMIT : Limit.TOO_MANY_REPLICAS;
  }

  private Outcome withBehavior(Behavior behavior, int desired) {
    RecommendationHistory recommendations = state.recommendations();
    Instant upCutoff = now.minus(window(behavior.scaleUp()));
    Instant downCutoff = now.minus(window(behavior.scaleDown()));
    int low = recommendations.lowestAfter(upCutoff, desired);
    int high = recommendations.highestAfter(downCutoff, desired);
    int stabilized = Math.min(Math.max(current, low), high);
    Stabilization stabilization = stabilization(desired, stabilized);
    Instant bothCutoffs = upCutoff.isBefore(downCutoff) ? upCutoff : downCutoff;
    return new Outcome(
        limited(behavior, desired, stabilized, stabilization),
        recommendations.with(desired, now, bothCutoffs));
  }

  private Duration window(ScalingRules rules) {
    OptionalInt seconds = rules.stabilizationWindowSeconds();
    return Duration.ofSeconds(
        seconds.isPresent() ? seconds.getAsInt() : settings.downscaleStabilization().toSeconds());
  }

  private Stabilization stabilization(int desired, int stabilized) {
    if (stabilized == desired) {
      return Stabilization.READY_FOR_NEW_SCALE;
    }
    return desired >= current
        ? Stabilization.SCALE_UP_STABILIZED
        : Stabilization.SCALE_DOWN_STABILIZED;
  }

  private Normalization limited(
      Behavior behavior, int desired, int stabilized, Stabilization stabilization) {
    var limits = new RateLimits(state.scaleUps(), state.scaleDowns(), current, now);
    int result = stabilized;
    Limit reason = Limit.DESIRED_WITHIN_RANGE;
    if (stabilized > current) {
      int limit = Math.max(current, limits.up(behavior.scaleUp()));
      int top = Math.min(spec.maxReplicas(), limit);
      if (stabilized > top) {
        result = top;
        reason = topReason(limit);
      }
    } else if (stabilized < current) {
      int limit = Math.min(current, limits.down(behavior.scaleDown()));
      int floor = Math.max(spec.minReplicas(), limit);
      if (stabilized < floor) {
        result = floor;
        reason = spec.minReplicas() < limit ? Limit.SCALE_DOWN_LIMIT : Limit.TOO_FEW_REPLICAS;
      }
    }
    return new Normalization(desired, stabilized, stabilization, result, reason);
  }
}
