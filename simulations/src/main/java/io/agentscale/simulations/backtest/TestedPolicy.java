// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.backtest;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.schedule.HolidayCalendar;
import io.agentscale.simulations.replay.autoscale.Signal;
import io.agentscale.simulations.replay.autoscale.Signals;
import io.agentscale.simulations.scenario.PolicyYaml;
import io.agentscale.simulations.scenario.ScenarioPolicy;
import io.agentscale.simulations.scenario.ScenarioPolicy.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy that is tested, with the autoscaler that follows it.
 *
 * @param definition as applied
 * @param replayed the same, as a scenario has it
 * @param notes what of it cannot be replayed on a recorded demand, in sentences
 */
public record TestedPolicy(
    PolicyDefinition definition, ScenarioPolicy replayed, List<String> notes) {
  /** A forecaster keeps no more. */
  private static final Duration LONGEST_HISTORY = Duration.ofDays(21);

  public TestedPolicy {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a policy, and the HorizontalPodAutoscaler and calendars beside it.
   *
   * @param calendars by the names schedules may use beside the file's own
   * @param forecastStep the width of a forecaster's buckets
   * @throws IllegalArgumentException for what cannot be replayed
   * @throws IOException if the file cannot be read
   */
  public static TestedPolicy read(
      Path file, Map<String, ? extends HolidayCalendar> calendars, Duration forecastStep)
      throws IOException {
    try {
      return of(PolicyYaml.read(file, calendars), forecastStep);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static TestedPolicy of(Rule rule, Duration forecastStep) {
    if (!(rule instanceof Rule.Policy(PolicyDefinition definition, Optional<HpaSpec> follower))) {
      throw new IllegalArgumentException(
          "must hold a ScalingPolicy, and at most a HorizontalPodAutoscaler beside it; holds a "
              + (rule instanceof Rule.Scaled ? "ScaledObject" : "HorizontalPodAutoscaler alone"));
    }
    List<String> notes = new ArrayList<>();
    Optional<HpaSpec> recorded = follower.map(hpa -> onRecordedMetrics(hpa, notes));
    if (definition.settings().quota().isPresent()) {
      notes.add("The tokens used were not recorded: spec.quota lowers nothing here.");
    }
    return new TestedPolicy(
        definition,
        new ScenarioPolicy(
            definition.key().name(),
            new Rule.Policy(definition, recorded),
            HpaSettings.DEFAULT,
            Signals.DEFAULT,
            Optional.of(Signal.DEMAND),
            forecastStep),
        notes);
  }

  private static HpaSpec onRecordedMetrics(HpaSpec hpa, List<String> notes) {
    List<MetricSpec> served =
        hpa.metrics().stream()
            .filter(
                metric ->
                    metric.source() instanceof MetricSource.ExternalMetric(MetricIdentifier id)
                        && id.name().equals(Signals.SERVED_METRIC))
            .toList();
    if (served.size() < hpa.metrics().size()) {
      notes.add(
          "The autoscaler's metrics beside %s were not recorded and are left out."
              .formatted(Signals.SERVED_METRIC));
    }
    return new HpaSpec(
        hpa.namespace(),
        hpa.name(),
        hpa.target(),
        hpa.minReplicas(),
        hpa.maxReplicas(),
        served,
        hpa.behavior());
  }

  /** Returns how much of the past its forecaster learns from; zero without one. */
  public Duration history() {
    Duration wanted =
        definition.forecast().map(forecast -> forecast.history()).orElse(Duration.ZERO);
    return wanted.compareTo(LONGEST_HISTORY) > 0 ? LONGEST_HISTORY : wanted;
  }

  /** Returns how many replicas it would begin with; the fewest where the demand is unknown. */
  public int replicasFor(double demand) {
    double needed = Judge.needed(demand, definition.settings().perReplica());
    return Double.isNaN(needed)
        ? replayed.bounds().min()
        : (int) Math.clamp(needed, replayed.bounds().min(), replayed.bounds().max());
  }
}
