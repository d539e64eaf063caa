// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a policy, as {@code kubectl get asp -o yaml} shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingPolicyStatus(
    @JsonPropertyDescription("The generation of the spec that this is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Ready, DemandKnown, ForecastActive, FloorHeld, Limited, Conflict.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("The demand served last; absent while there is none to serve.")
        @Nullable String demand,
    @JsonPropertyDescription("The replicas decided last.") @Nullable Integer replicas,
    @JsonPropertyDescription("The bounds that hold now, schedules included.")
        @Nullable Bounds bounds,
    @JsonPropertyDescription("What the schedules change next.")
        @Nullable NextTransition nextTransition,
    @JsonPropertyDescription("How good the forecasts were of late.") @Nullable Forecast forecast,
    @JsonPropertyDescription("The last decision in a line.") @Nullable String explanation,
    @JsonPropertyDescription("Traps the policy is in, in sentences.")
        @Nullable List<String> warnings) {

  /**
   * Returns what a reader is to see at once: without the figures that change with every decision.
   */
  ScalingPolicyStatus outline() {
    List<Condition> plain =
        conditions == null
            ? List.of()
            : conditions.stream().map(Condition::withoutMessage).toList();
    return new ScalingPolicyStatus(
        observedGeneration, plain, null, replicas, bounds, nextTransition, null, null, warnings);
  }

  /**
   * Returns this status with the transition times another gives the same conditions, since only a
   * changed status is a transition.
   */
  ScalingPolicyStatus keepingTimesOf(ScalingPolicyStatus before) {
    if (conditions == null || before.conditions == null) {
      return this;
    }
    List<Condition> past = before.conditions;
    List<Condition> kept =
        conditions.stream()
            .map(
                now ->
                    past.stream()
                        .filter(now::isSameStatusAs)
                        .findFirst()
                        .map(same -> now.since(same.lastTransitionTime()))
                        .orElse(now))
            .toList();
    return new ScalingPolicyStatus(
        observedGeneration,
        kept,
        demand,
        replicas,
        bounds,
        nextTransition,
        forecast,
        explanation,
        warnings);
  }

  /** One standing statement about the policy, as Kubernetes writes them. */
  public record Condition(
      @Required String type,
      @Required String status,
      @Required @JsonPropertyDescription("In one CamelCase word.") String reason,
      @Required @JsonPropertyDescription("For people.") String message,
      @JsonPropertyDescription("The generation of the spec that this is about.")
          @Nullable Long observedGeneration,
      @Required @JsonPropertyDescription("When the status last changed.")
          String lastTransitionTime) {

    private Condition withoutMessage() {
      return new Condition(type, status, reason, "", observedGeneration, lastTransitionTime);
    }

    private boolean isSameStatusAs(Condition other) {
      return type.equals(other.type) && status.equals(other.status);
    }

    private Condition since(String time) {
      return new Condition(type, status, reason, message, observedGeneration, time);
    }
  }

  /** The bounds that hold now. */
  public record Bounds(@Required Integer floor, @Required Integer ceiling) {}

  /** What the schedules change next. */
  public record NextTransition(
      @Required @JsonPropertyDescription("When, in UTC.") String at,
      @Required @JsonPropertyDescription("Which schedules do what.") String change,
      @Required Integer floor,
      @Required Integer ceiling) {}

  /** How good the forecasts were. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forecast(
      @JsonPropertyDescription("How far ahead capacity is asked for.") @Nullable String lead,
      @JsonPropertyDescription(
              "1 is perfect, 0 no better than \"as now\" and \"as yesterday\"; absent until"
                  + " measured.")
          @Nullable Double skill,
      @JsonPropertyDescription("The share of outcomes that stayed within the quantile in use.")
          @Nullable Double coverage) {}
}
