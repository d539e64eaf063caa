// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.DemandSource;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.promql.Promql;
import io.agentscale.adapter.promql.PromqlException;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.policy.Quota;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.ScheduleLint;
import io.agentscale.core.schedule.SchedulePlan;
import io.agentscale.core.schedule.Target;
import io.agentscale.core.schedule.Transition;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be said of a valid policy without a cluster.
 *
 * @param policy which
 * @param warnings what its author hardly meant, in sentences
 * @param next what its schedules change next, soonest first
 */
record PolicyReview(PolicyDefinition policy, List<String> warnings, List<Transition> next) {
  private static final int TRANSITIONS = 5;

  /** Both changes of the clocks of a year are in it. */
  private static final Duration LOOKED_AHEAD = Duration.ofDays(366);

  static PolicyReview of(PolicyDefinition policy, Instant now) {
    SchedulePlan plan = policy.settings().schedules();
    List<String> warnings = new ArrayList<>();
    ScheduleLint.warnings(plan, now, now.plus(LOOKED_AHEAD))
        .forEach(w -> warnings.add("schedule " + w.schedule() + ": " + w.message()));
    plan.schedules().forEach(schedule -> belowMinimum(schedule, plan.baseline(), warnings));
    deadBand(policy, warnings);
    quota(policy, warnings);
    unused(policy, warnings);
    unconfined(policy, warnings);
    List<Transition> next =
        plan.schedules().isEmpty() ? List.of() : plan.nextTransitions(TRANSITIONS, now);
    return new PolicyReview(policy, List.copyOf(warnings), next);
  }

  private static void belowMinimum(Schedule schedule, Baseline baseline, List<String> warnings) {
    int min = baseline.minReplicas();
    switch (schedule.target()) {
      case Target.Range range
          when range.ceiling().isPresent() && range.ceiling().getAsInt() < min ->
          warnings.add(
              "schedule %s: its ceiling of %d is below minReplicas (%d), and is obeyed"
                  .formatted(schedule.name(), range.ceiling().getAsInt(), min));
      case Target.Exact(int replicas) when replicas < min ->
          warnings.add(
              "schedule %s: its exact %d is below minReplicas (%d), and is obeyed"
                  .formatted(schedule.name(), replicas, min));
      case Target.Range _, Target.Exact _, Target.Demand _ -> {}
    }
  }

  /** From so many replicas on, one more or fewer is within the tolerance. */
  private static void deadBand(PolicyDefinition policy, List<String> warnings) {
    PolicySettings settings = policy.settings();
    if (settings.tolerance() == 0 || !(policy.actuation() instanceof Actuation.Metric)) {
      return;
    }
    for (Schedule schedule : settings.schedules().schedules()) {
      int floor =
          switch (schedule.target()) {
            case Target.Range range -> range.floor().orElse(0);
            case Target.Exact(int replicas) -> replicas;
            case Target.Demand _ -> 0;
          };
      int least = (int) Math.ceil(floor / (1 + settings.tolerance()));
      if (least < floor) {
        warnings.add(
            ("schedule %s: an autoscaler that has %d to %d replicas does not go to its %d, as the"
                    + " change is within its tolerance of %s; actuation ExactFloor does")
                .formatted(schedule.name(), least, floor - 1, floor, settings.tolerance()));
      }
    }
  }

  private static void quota(PolicyDefinition policy, List<String> warnings) {
    int max = policy.settings().schedules().baseline().maxReplicas();
    policy
        .settings()
        .quota()
        .flatMap(quota -> fed(quota).map(fed -> new int[] {fed.intValue(), max}))
        .filter(pair -> pair[0] < pair[1])
        .ifPresent(
            pair ->
                warnings.add(
                    "quota: it feeds %d replicas; maxReplicas (%d) is never reached"
                        .formatted(pair[0], pair[1])));
  }

  private static Optional<Long> fed(Quota quota) {
    return quota
        .tokensPerMinutePerReplica()
        .map(each -> Math.ceilDiv(quota.tokensPerMinute().milli(), each.milli()))
        .map(fed -> Math.min(fed, Integer.MAX_VALUE));
  }

  private static void unused(PolicyDefinition policy, List<String> warnings) {
    if (policy.actuation() instanceof Actuation.OwnScale) {
      if (policy.forecast().isPresent()) {
        warnings.add("forecast: has no effect with actuation Scale, which follows the queue alone");
      }
      if (!policy.settings().schedules().schedules().isEmpty()) {
        warnings.add(
            "schedules: have no effect with actuation Scale, which follows the queue alone");
      }
    }
    policy
        .forecast()
        .filter(
            plan ->
                plan.lead() instanceof Lead.Fixed(Duration lead)
                    && lead.compareTo(plan.history()) > 0)
        .ifPresent(_ -> warnings.add("forecast: its lead is longer than its history"));
  }

  private static void unconfined(PolicyDefinition policy, List<String> warnings) {
    if (policy.demand() instanceof DemandSource.OfQuery(String promql, _)) {
      try {
        var _ = Promql.confined(promql, "namespace", policy.key().namespace());
      } catch (PromqlException e) {
        warnings.add(
            "demand.query: cannot be confined to its namespace, and is refused in a cluster unless"
                + " policies.confineQueries is false: "
                + e.getMessage());
      }
    }
  }

  void print(PrintWriter out) {
    Baseline bounds = policy.settings().schedules().baseline();
    out.printf(
        Locale.ROOT,
        "%s: valid; %s, %d to %d replicas, %s per replica of %s%n",
        policy.key(),
        policy.target(),
        bounds.minReplicas(),
        bounds.maxReplicas(),
        policy.settings().perReplica(),
        policy.demand().describe());
    warnings.forEach(warning -> out.println("  warning: " + warning));
    next.forEach(transition -> out.println("  " + line(transition)));
  }

  private static String line(Transition transition) {
    return "%s  %d to %d replicas  %s"
        .formatted(
            transition.at(),
            transition.bounds().floor(),
            transition.bounds().ceiling(),
            transition.changes().stream()
                .map(
                    c ->
                        c.schedule()
                            + " "
                            + c.event().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(joining(", ")));
  }
}
