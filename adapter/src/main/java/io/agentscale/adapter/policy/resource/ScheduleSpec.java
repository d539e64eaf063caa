// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of a policy's schedules as its author writes it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.start) != has(self.at)",
    message = "exactly one of start and at must be given")
@ValidationRule(
    value = "has(self.duration) != has(self.end)",
    message = "exactly one of duration and end must be given")
@ValidationRule(
    value = "!has(self.at) || !has(self.end)",
    message = "at takes a duration, not an end")
@ValidationRule(
    value = "has(self.replicas) != has(self.demand)",
    message = "exactly one of replicas and demand must be given")
public record ScheduleSpec(
    @Required
        @Pattern(SpecForm.DNS_LABEL)
        @Size(min = 1, max = SpecForm.LABEL_LENGTH)
        @JsonPropertyDescription("Unique in the policy; a DNS label.")
        String name,
    @Required
        @Size(min = 1, max = SpecForm.LABEL_LENGTH)
        @JsonPropertyDescription("IANA name such as Asia/Shanghai, by whose clock times are read.")
        String timeZone,
    @Size(min = 1, max = SpecForm.NAME_LENGTH)
        @JsonPropertyDescription(
            "When windows begin: cron of minute, hour, day of month, month, day of week.")
        @Nullable String start,
    @Size(min = 1, max = SpecForm.LABEL_LENGTH)
        @JsonPropertyDescription(
            "Instead of start, once: local such as 2026-11-27T09:00, or with Z or an offset.")
        @Nullable String at,
    @Pattern(SpecForm.SPAN)
        @Size(min = 1, max = SpecForm.SPAN_LENGTH)
        @JsonPropertyDescription("How long windows last by the wall clock, such as 9h; up to 366d.")
        @Nullable String duration,
    @Size(min = 1, max = SpecForm.NAME_LENGTH)
        @JsonPropertyDescription("Instead of duration: cron; its next time ends the window.")
        @Nullable String end,
    @JsonPropertyDescription("How many replicas are asked for.") @Nullable Replicas replicas,
    @SchemaFrom(type = IntOrString.class)
        @Pattern(SpecForm.QUANTITY)
        @JsonPropertyDescription("Instead of replicas: at least this much demand.")
        @Nullable String demand,
    @Pattern(SpecForm.SPAN)
        @Size(min = 1, max = SpecForm.SPAN_LENGTH)
        @JsonPropertyDescription("How long the way to the target and back takes; up to 24h.")
        @Nullable String ramp,
    @Size(max = SpecForm.EXCLUSIONS)
        @JsonPropertyDescription(
            "Dates, ranges first/last, and calendar:NAME or calendar:NAME/KEY: a ConfigMap of this"
                + " namespace with the label agentscale.io/calendar, and in it the iCalendar text"
                + " (key calendar.ics).")
        @Nullable List<@Size(min = 1, max = SpecForm.NAME_LENGTH) String> exclude) {

  /** How many replicas a schedule asks for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.floor) || has(self.ceiling) || has(self.exact)",
      message = "floor, ceiling or exact must be given")
  @ValidationRule(
      value = "!has(self.exact) || (!has(self.floor) && !has(self.ceiling))",
      message = "exact must be alone")
  @ValidationRule(
      value = "!has(self.floor) || !has(self.ceiling) || self.floor <= self.ceiling",
      message = "floor must be at most ceiling")
  public record Replicas(
      @Min(0)
          @Max(SpecForm.REPLICAS)
          @JsonPropertyDescription("At least this many, beside what demand asks for.")
          @Nullable Integer floor,
      @Min(0)
          @Max(SpecForm.REPLICAS)
          @JsonPropertyDescription("At most this many, whatever demand asks for.")
          @Nullable Integer ceiling,
      @Min(0)
          @Max(SpecForm.REPLICAS)
          @JsonPropertyDescription("Exactly this many, whatever anybody asks for.")
          @Nullable Integer exact) {}
}
