// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a policy writes, in the form the API server checks before anybody sees it. The
 * descriptions are what {@code kubectl explain scalingpolicy.spec} says.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "minReplicas must be at most maxReplicas")
@ValidationRule(
    value = "self.minReplicas == 0 || !has(self.activation)",
    message = "activation is for policies whose minReplicas is 0")
@ValidationRule(
    value = "!has(self.queueStep) || self.actuation == 'Scale'",
    message = "queueStep is for policies whose actuation is Scale")
@ValidationRule(
    value =
        "!has(self.schedules) || self.schedules.all(s, !has(s.replicas) || !has(s.replicas.floor)"
            + " || s.replicas.floor <= self.maxReplicas)",
    message = "no schedule's floor may be above maxReplicas")
@ValidationRule(
    value =
        "!has(self.schedules) || self.schedules.all(s, !has(s.replicas) || !has(s.replicas.exact)"
            + " || s.replicas.exact <= self.maxReplicas)",
    message = "no schedule's exact number may be above maxReplicas")
public record ScalingPolicySpec(
    @Required @JsonPropertyDescription("What is scaled: an object with a scale subresource.")
        ScaleTargetRef scaleTargetRef,
    @Default(SpecDefaults.MODE)
        @JsonPropertyDescription(
            "Enforce acts; Preview computes, explains and exports, and changes nothing; Paused"
                + " gives back what it had changed.")
        @Nullable Mode mode,
    @Default(SpecDefaults.MIN_REPLICAS)
        @Min(0)
        @Max(SpecForm.REPLICAS)
        @JsonPropertyDescription("The fewest replicas outside schedules; 0 allows none.")
        @Nullable Integer minReplicas,
    @Required
        @Min(1)
        @Max(SpecForm.REPLICAS)
        @JsonPropertyDescription("The most replicas, whatever is asked for.")
        Integer maxReplicas,
    @Required @JsonPropertyDescription("What the workload waits for, and what one replica carries.")
        Demand demand,
    @Size(max = SpecForm.SCHEDULES)
        @JsonPropertyDescription("Windows of time and what is asked for inside them.")
        @Nullable List<ScheduleSpec> schedules,
    @SchemaFrom(type = IntOrString.class)
        @Pattern(SpecForm.QUANTITY_OR_PERCENT)
        @JsonPropertyDescription(
            "Spare capacity above the live demand: a share such as 10% or a demand such as 24.")
        @Nullable String headroom,
    @JsonPropertyDescription("How the policy looks ahead; absent for not at all.")
        @Nullable Forecast forecast,
    @JsonPropertyDescription("What happens to runs in flight when replicas go.")
        @Nullable ScaleIn scaleIn,
    @JsonPropertyDescription("What the model's provider lets the workload use.")
        @Nullable Quota quota,
    @Default(SpecDefaults.HOLD)
        @Pattern(SpecForm.SPAN)
        @Size(min = 1, max = SpecForm.SPAN_LENGTH)
        @JsonPropertyDescription("How long the last known demand stands in for one not known now.")
        @Nullable String hold,
    @Default(SpecDefaults.TOLERANCE)
        @Min(0)
        @Max(value = 1, inclusive = false)
        @JsonPropertyDescription(
            "The tolerance of the HorizontalPodAutoscaler that follows, for warnings of changes it"
                + " would not make.")
        @Nullable Double tolerance,
    @JsonPropertyDescription(
            "How the first replica comes and the last one goes, where minReplicas is 0.")
        @Nullable Activation activation,
    @JsonPropertyDescription("One more or one fewer by the length of a queue: actuation Scale.")
        @Nullable QueueStep queueStep,
    @Default(SpecDefaults.ACTUATION)
        @JsonPropertyDescription(
            "Metric serves a metric that an autoscaler follows; ExactFloor also holds that"
                + " autoscaler's bounds; Scale sets the target's replicas by queueStep, alone.")
        @Nullable Actuation actuation) {

  /** Whether a policy acts. */
  public enum Mode {
    @JsonProperty("Enforce")
    ENFORCE,
    @JsonProperty("Preview")
    PREVIEW,
    @JsonProperty("Paused")
    PAUSED
  }

  /** How a decision reaches the workload. */
  public enum Actuation {
    @JsonProperty("Metric")
    METRIC,
    @JsonProperty("ExactFloor")
    EXACT_FLOOR,
    @JsonProperty("Scale")
    SCALE
  }

  /** What is scaled. */
  public record ScaleTargetRef(
      @Required
          @Size(min = 1, max = SpecForm.NAME_LENGTH)
          @JsonPropertyDescription("Such as apps/v1.")
          String apiVersion,
      @Required
          @Size(min = 1, max = SpecForm.LABEL_LENGTH)
          @JsonPropertyDescription("Such as Deployment.")
          String kind,
      @Required
          @Size(min = 1, max = SpecForm.NAME_LENGTH)
          @JsonPropertyDescription("Of the object, in the policy's namespace.")
          String name) {}

  /** What the workload waits for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.preset) != has(self.query)",
      message = "exactly one of preset and query must be given")
  @ValidationRule(
      value = "!has(self.backend) || has(self.query)",
      message = "backend is for a query")
  public record Demand(
      @Size(min = 1, max = SpecForm.LABEL_LENGTH)
          @JsonPropertyDescription(
              "A metric agentscale knows, such as agent-concurrency, added up over the target's"
                  + " own pods.")
          @Nullable String preset,
      @Size(min = 1, max = SpecForm.QUERY_LENGTH)
          @JsonPropertyDescription("PromQL that returns one series: the demand as a whole.")
          @Nullable String query,
      @Size(min = 1, max = SpecForm.LABEL_LENGTH)
          @JsonPropertyDescription("Which configured Prometheus answers the query.")
          @Nullable String backend,
      @Required
          @SchemaFrom(type = IntOrString.class)
          @Pattern(SpecForm.QUANTITY)
          @JsonPropertyDescription("The demand that one ready replica carries, such as 12.")
          String perReplica) {}

  /** How the policy looks ahead. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.quantile) || self.quantile in [0.5, 0.8, 0.9, 0.95, 0.99]",
      message = "quantile must be one of 0.5, 0.8, 0.9, 0.95, 0.99")
  public record Forecast(
      @Default(SpecDefaults.FORECAST_HISTORY)
          @Pattern(SpecForm.SPAN)
          @Size(min = 1, max = SpecForm.SPAN_LENGTH)
          @JsonPropertyDescription("How far back demand is read from Prometheus at the start.")
          @Nullable String history,
      @Default(SpecDefaults.FORECAST_LEAD)
          @Pattern(SpecForm.SPAN_OR_AUTO)
          @Size(min = 1, max = SpecForm.SPAN_LENGTH)
          @JsonPropertyDescription(
              "How far ahead capacity is asked for, such as 4m; Auto is how long nine of ten of the"
                  + " target's pods take from created to Ready.")
          @Nullable String lead,
      @Default(SpecDefaults.FORECAST_QUANTILE)
          @JsonPropertyDescription("The probability that demand stays within what is provided for.")
          @Nullable Double quantile,
      @Default(SpecDefaults.FORECAST_MIN_SKILL)
          @Min(-1)
          @Max(value = 1, inclusive = false)
          @JsonPropertyDescription(
              "How much better than \"as now\" and \"as yesterday\" the forecast must have been of"
                  + " late to act; 0.1 is a tenth less error.")
          @Nullable Double minSkill) {}

  /** What happens to runs in flight. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScaleIn(
      @Default(SpecDefaults.PROTECT_BUSY_PODS)
          @JsonPropertyDescription("The idlest pods go first, and none with a long run goes.")
          @Nullable Boolean protectBusyPods,
      @Default(SpecDefaults.LONG_RUN)
          @Pattern(SpecForm.SPAN)
          @Size(min = 1, max = SpecForm.SPAN_LENGTH)
          @JsonPropertyDescription("From which age on a run keeps its pod.")
          @Nullable String longRun) {}

  /** What the model's provider lets the workload use. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Quota(
      @Required
          @SchemaFrom(type = IntOrString.class)
          @Pattern(SpecForm.QUANTITY)
          @JsonPropertyDescription("The provider's limit, such as 2M.")
          String tokensPerMinute,
      @SchemaFrom(type = IntOrString.class)
          @Pattern(SpecForm.QUANTITY)
          @JsonPropertyDescription("What one busy replica uses; measured where absent.")
          @Nullable String tokensPerMinutePerReplica) {}

  /** How the first replica comes and the last one goes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Activation(
      @Default(SpecDefaults.ACTIVATION_THRESHOLD)
          @SchemaFrom(type = IntOrString.class)
          @Pattern(SpecForm.QUANTITY)
          @JsonPropertyDescription("The demand above which the first replica is wanted.")
          @Nullable String threshold,
      @Default(SpecDefaults.ACTIVATION_IDLE_FOR)
          @Pattern(SpecForm.SPAN)
          @Size(min = 1, max = SpecForm.SPAN_LENGTH)
          @JsonPropertyDescription("How long demand must have been no higher for the last to go.")
          @Nullable String idleFor) {}

  /** One more or one fewer by the length of a queue. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.downBelow <= self.upAbove",
      message = "downBelow must be at most upAbove")
  public record QueueStep(
      @Default(SpecDefaults.QUEUE_UP_ABOVE)
          @Min(0)
          @JsonPropertyDescription("The demand above which one replica is added.")
          @Nullable Integer upAbove,
      @Default(SpecDefaults.QUEUE_DOWN_BELOW)
          @Min(0)
          @JsonPropertyDescription("The demand below which one replica is taken away.")
          @Nullable Integer downBelow,
      @Default(SpecDefaults.QUEUE_COOLDOWN)
          @Pattern(SpecForm.SPAN)
          @Size(min = 1, max = SpecForm.SPAN_LENGTH)
          @JsonPropertyDescription("How long after a change there is no other.")
          @Nullable String cooldown) {}
}
