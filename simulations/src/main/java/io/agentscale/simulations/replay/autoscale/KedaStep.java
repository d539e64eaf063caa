// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.hpa.ScaledObject;
import io.agentscale.adapter.hpa.ScaledObject.Fallback;
import java.time.Instant;
import java.util.Optional;

/**
 * What KEDA does by itself when it has polled the triggers of a ScaledObject; all between the least
 * replicas and the most is its HPA's.
 *
 * <p>Source: {@code RequestScale} of KEDA's {@code pkg/scaling/executor/scale_scaledobjects.go}
 * (2.14 to 2.19).
 *
 * @param replicas that there are to be
 * @param because why, or why nothing changes
 */
record KedaStep(int replicas, String because) {

  /** What polling the triggers has found. */
  enum Activity {
    /** A trigger is active, whatever the others say. */
    ACTIVE,
    /** None is active, as far as is known, and one has failed. */
    FAILED,
    /** None is active. */
    IDLE
  }

  /**
   * Decides.
   *
   * @param object with the minimum as it is now
   * @param present replicas asked for
   * @param lastActive when a trigger was active last; empty if none ever was
   * @param created when the object was
   */
  static KedaStep of(
      ScaledObject object,
      int present,
      Activity activity,
      Optional<Instant> lastActive,
      Instant created,
      Instant now) {
    return switch (activity) {
      case ACTIVE -> active(object, present);
      case FAILED -> failed(object, present);
      case IDLE -> idle(object, present, lastActive, created, now);
    };
  }

  private static KedaStep active(ScaledObject object, int present) {
    boolean isIdle = object.idleReplicas().isPresent() && present < object.minReplicas();
    return isIdle || present == 0
        ? new KedaStep(Math.max(1, object.minReplicas()), "woken")
        : new KedaStep(present, "active");
  }

  private static KedaStep failed(ScaledObject object, int present) {
    Optional<Fallback> fallback = object.fallback().filter(each -> each.replicas() != 0);
    return fallback.isPresent()
        ? new KedaStep(fallback.get().replicas(present), "fallback")
        : new KedaStep(present, "a trigger has failed");
  }

  private static KedaStep idle(
      ScaledObject object,
      int present,
      Optional<Instant> lastActive,
      Instant created,
      Instant now) {
    int least = object.idleReplicas().orElse(object.minReplicas());
    boolean sleeps =
        object.idleReplicas().isPresent()
            ? present > object.idleReplicas().getAsInt()
            : present > 0 && object.minReplicas() == 0;
    if (sleeps) {
      Instant until =
          lastActive
              .map(at -> at.plus(object.cooldown()))
              .orElseGet(() -> created.plus(object.initialCooldown()));
      return until.isBefore(now)
          ? new KedaStep(least, "idle since " + lastActive.orElse(created))
          : new KedaStep(present, "cooling down until " + until);
    }
    return present < object.minReplicas() && object.idleReplicas().isEmpty()
        ? new KedaStep(object.minReplicas(), "below minReplicaCount")
        : new KedaStep(present, "idle");
  }
}
