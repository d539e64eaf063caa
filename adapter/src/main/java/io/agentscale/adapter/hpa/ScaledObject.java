// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Cron;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A KEDA ScaledObject of keda.sh/v1alpha1: KEDA wakes its workload from none and lets it sleep, and
 * keeps a HorizontalPodAutoscaler for all in between.
 *
 * @param hpa the one KEDA keeps; it has a metric for each trigger, and a minimum of at least 1
 * @param pollingInterval how often KEDA looks whether a trigger is active
 * @param cooldown how long after a trigger was active last KEDA waits before it takes the last
 *     replicas away
 * @param initialCooldown the same after the object was created, while no trigger has been active
 * @param minReplicas while a trigger is active, and always unless it is 0
 * @param idleReplicas while none is active; empty for {@code minReplicas}
 * @param fallback what happens while triggers fail, if anything
 * @param triggers in the order written
 */
public record ScaledObject(
    HpaSpec hpa,
    Duration pollingInterval,
    Duration cooldown,
    Duration initialCooldown,
    int minReplicas,
    OptionalInt idleReplicas,
    Optional<Fallback> fallback,
    List<Trigger> triggers) {
  public ScaledObject {
    triggers = List.copyOf(triggers);
  }

  /** Returns this object with another minimum, and the HorizontalPodAutoscaler KEDA makes of it. */
  public ScaledObject within(int least, HpaSpec other) {
    return new ScaledObject(
        other, pollingInterval, cooldown, initialCooldown, least, idleReplicas, fallback, triggers);
  }

  /**
   * Replicas to stand for a trigger that has failed more than so many times in a row.
   *
   * @param failureThreshold how many failures are let pass
   * @param replicas how many
   * @param behavior what present replicas make of that
   */
  public record Fallback(int failureThreshold, int replicas, Behavior behavior) {

    /** What the present replicas make of those of the fallback. */
    public enum Behavior {
      STATIC("static"),
      CURRENT("currentReplicas"),
      CURRENT_IF_HIGHER("currentReplicasIfHigher"),
      CURRENT_IF_LOWER("currentReplicasIfLower");

      private final String text;

      Behavior(String text) {
        this.text = text;
      }

      /** Returns how a manifest writes it. */
      public String text() {
        return text;
      }
    }

    /** Returns the replicas to have, by those there are. */
    public int replicas(int present) {
      return switch (behavior) {
        case STATIC -> replicas;
        case CURRENT -> present;
        case CURRENT_IF_HIGHER -> Math.max(present, replicas);
        case CURRENT_IF_LOWER -> Math.min(present, replicas);
      };
    }
  }

  /**
   * One trigger.
   *
   * @param field where it is written, such as {@code spec.triggers[0]}
   * @param cached whether the HorizontalPodAutoscaler gets what was polled last
   * @param source what it asks
   */
  public record Trigger(String field, boolean cached, Source source) {}

  /** What a trigger asks. */
  public sealed interface Source {

    /**
     * Replicas in a window of time; outside, it asks for one.
     *
     * @param zone whose clock it goes by
     * @param start of each window
     * @param end of each window
     * @param replicas in it
     */
    record Window(ZoneId zone, Cron start, Cron end, int replicas) implements Source {}

    /**
     * A query of Prometheus.
     *
     * @param name of the trigger; empty where it has none
     * @param activation active is more than this
     */
    record Query(Optional<String> name, Quantity activation) implements Source {}

    /** CPU or memory, which the HorizontalPodAutoscaler reads by itself. */
    record Resource() implements Source {}

    /**
     * A policy or metric of this project.
     *
     * @param what which one
     * @param push whether KEDA is told at once when it becomes active
     */
    record Ours(io.agentscale.adapter.keda.Trigger what, boolean push) implements Source {}
  }
}
