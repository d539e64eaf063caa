// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What changes a workload's replicas by metrics: a HorizontalPodAutoscaler or a KEDA ScaledObject.
 *
 * @param id which one
 * @param target what it scales
 * @param min fewest replicas
 * @param max most replicas
 * @param metrics it follows
 * @param partner the other half of the same autoscaler: the ScaledObject that owns this
 *     HorizontalPodAutoscaler, or the name of the one this ScaledObject owns; empty where there is
 *     no such half
 * @param pauses annotations and fields that hold it still, as written
 * @param tolerance how far from its target a metric must be before replicas are added; empty for
 *     the cluster's default
 * @param observed what it said of itself; empty in a manifest
 */
public record Autoscaler(
    ObjectId id,
    TargetRef target,
    int min,
    int max,
    List<Metric> metrics,
    Optional<String> partner,
    List<String> pauses,
    Optional<Double> tolerance,
    Optional<Observed> observed) {
  public static final String HPA = "HorizontalPodAutoscaler";
  public static final String SCALED_OBJECT = "ScaledObject";

  public Autoscaler {
    metrics = List.copyOf(metrics);
    pauses = List.copyOf(pauses);
  }

  /**
   * A metric it follows.
   *
   * @param field where it is written, such as {@code spec.metrics[0].external}
   * @param type {@code Resource}, {@code External}, … or a trigger's type
   * @param name of the metric or resource
   * @param selector of the metric, or the metadata of a trigger
   * @param targetType {@code AverageValue}, {@code Value} or {@code Utilization}
   * @param target its value; empty where it is written in the trigger's own way
   */
  public record Metric(
      String field,
      String type,
      String name,
      Map<String, String> selector,
      String targetType,
      Optional<String> target) {
    public Metric {
      selector = Map.copyOf(selector);
    }

    /** Tells whether this is a share of what containers request. */
    public boolean isUtilization() {
      return type.endsWith("Resource") && targetType.equals("Utilization");
    }
  }

  /**
   * What it said of itself.
   *
   * @param currentReplicas what it saw; empty where the half that counts is not there
   * @param desiredReplicas what it wants; empty as well
   * @param lastScaleTime when it last changed the count
   * @param conditions of its status
   */
  public record Observed(
      OptionalInt currentReplicas,
      OptionalInt desiredReplicas,
      Optional<Instant> lastScaleTime,
      List<Condition> conditions) {
    public Observed {
      conditions = List.copyOf(conditions);
    }

    Observed with(List<Condition> more) {
      return new Observed(
          currentReplicas,
          desiredReplicas,
          lastScaleTime,
          Stream.concat(conditions.stream(), more.stream()).toList());
    }
  }

  /**
   * One condition of a status.
   *
   * @param type such as {@code ScalingActive}
   * @param status {@code True}, {@code False} or {@code Unknown}
   * @param reason in one word
   * @param message for people
   * @param since when it became so; KEDA does not tell
   */
  public record Condition(
      String type, String status, String reason, String message, Optional<Instant> since) {

    /** Tells whether it is worth a note: something that should hold does not, or the reverse. */
    boolean isNotable() {
      boolean good = !List.of("ScalingLimited", "Fallback", "Paused").contains(type);
      return !type.equals("Active") && status.equals(good ? "False" : "True");
    }

    String note() {
      return type + ": " + (message.isEmpty() ? reason : message);
    }
  }

  public boolean isHpa() {
    return id.kind().equals(HPA);
  }

  /** Returns a condition of its status. */
  public Optional<Condition> condition(String type) {
    return observed.stream()
        .flatMap(o -> o.conditions.stream())
        .filter(condition -> condition.type.equals(type))
        .findFirst();
  }

  /**
   * Returns this ScaledObject together with the HorizontalPodAutoscaler it owns: its own bounds,
   * and what the other half saw, decided and complained of.
   */
  public Autoscaler with(Autoscaler owned) {
    List<Condition> own = observed.map(Observed::conditions).orElse(List.of());
    return new Autoscaler(
        id,
        target,
        min,
        max,
        metrics,
        partner,
        pauses,
        owned.tolerance,
        owned.observed.map(seen -> seen.with(own)).or(() -> observed));
  }

  /** Returns what the loop, explain and status show of it. */
  public AutoscalerView view() {
    List<String> notes = new ArrayList<>();
    pauses.forEach(pause -> notes.add("Paused: " + pause));
    OptionalInt current = observed.map(Observed::currentReplicas).orElse(OptionalInt.empty());
    OptionalInt desired = observed.map(Observed::desiredReplicas).orElse(OptionalInt.empty());
    if (current.isEmpty()) {
      notes.add("Replicas: unknown, shown as 0; " + whoCounts() + " has not counted any");
    }
    observed.stream()
        .flatMap(seen -> seen.conditions.stream())
        .filter(Condition::isNotable)
        .forEach(condition -> notes.add(condition.note()));
    return new AutoscalerView(
        id.kind(),
        id.name(),
        min,
        max,
        current.orElse(0),
        desired.orElse(0),
        observed.flatMap(Observed::lastScaleTime),
        notes);
  }

  private String whoCounts() {
    return isHpa() ? "it" : "its " + HPA + " " + partner.orElse("") + " is not there or";
  }
}
