// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import io.agentscale.adapter.policy.ForecastPlan;
import io.agentscale.adapter.policy.Lead;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.policy.ForecastUse;
import io.agentscale.core.policy.Headroom;
import io.agentscale.core.schedule.Baseline;
import io.agentscale.core.schedule.Schedule;
import io.agentscale.core.schedule.Spans;
import io.agentscale.core.schedule.Target;
import io.agentscale.simulations.replay.autoscale.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a ScalingPolicy and of the HPA that follows it: demand per replica, bounds,
 * headroom, forecast, schedules' floors, and how fast the HPA moves. The two objects are kept in
 * step.
 */
final class PolicyGenes {
  private static final double PER_REPLICA_RATIO = 2.5;
  private static final int MOST_HEADROOM_PERCENT = 60;
  private static final String OFF = "off";
  private static final List<String> QUANTILES = List.of(OFF, "0.5", "0.8", "0.9", "0.95", "0.99");
  private static final List<String> LEADS = List.of("Auto", "1m", "2m", "5m", "10m", "20m", "30m");

  private PolicyGenes() {}

  static List<Setting> of(PolicyDefinition policy, HpaSpec follower) {
    List<Setting> settings = new ArrayList<>();
    double perReplica = policy.settings().perReplica().doubleValue();
    settings.add(
        Setting.around("perReplica", perReplica, PER_REPLICA_RATIO, PolicyGenes::perReplica));
    settings.addAll(HpaGenes.targets(follower));
    settings.addAll(bounds(policy.settings().schedules().baseline()));
    headroom(policy.settings().headroom()).ifPresent(settings::add);
    settings.addAll(forecast(policy));
    policy.settings().schedules().schedules().stream()
        .flatMap(schedule -> floor(schedule, policy).stream())
        .forEach(settings::add);
    settings.addAll(HpaGenes.behavior(follower));
    return settings;
  }

  private static void perReplica(Manifests manifests, double value) {
    String quantity = Setting.quantity(value);
    Manifests.section(spec(manifests), "demand").put("perReplica", quantity);
    for (Map<String, Object> metric : Manifests.list(HpaGenes.spec(manifests), "metrics")) {
      for (String type : List.of("external", "object")) {
        if (metric.containsKey(type)) {
          Map<String, Object> source = Manifests.section(metric, type);
          if (Signals.SERVED_METRIC.equals(Manifests.section(source, "metric").get("name"))) {
            Manifests.section(source, "target").put("averageValue", quantity);
          }
        }
      }
    }
  }

  private static List<Setting> bounds(Baseline baseline) {
    int max = baseline.maxReplicas();
    return List.of(
        Setting.whole(
            "minReplicas",
            1,
            Math.max(1, max / 2),
            baseline.minReplicas(),
            (manifests, value) -> both(manifests, "minReplicas", (int) value)),
        Setting.whole(
            "maxReplicas",
            Math.max(1, Math.ceilDiv(max, 2)),
            max,
            max,
            (manifests, value) -> both(manifests, "maxReplicas", (int) value)));
  }

  private static void both(Manifests manifests, String bound, int value) {
    spec(manifests).put(bound, value);
    HpaGenes.spec(manifests).put(bound, value);
  }

  /** One given as a demand stays as it is. */
  private static Optional<Setting> headroom(Headroom headroom) {
    int present = headroom instanceof Headroom.Percent(int percent) ? percent : 0;
    return present > 0 || headroom.equals(Headroom.NONE)
        ? Optional.of(
            Setting.whole(
                "headroom",
                0,
                MOST_HEADROOM_PERCENT,
                present,
                (manifests, value) -> spec(manifests).put("headroom", (int) value + "%")))
        : Optional.empty();
  }

  private static List<Setting> forecast(PolicyDefinition policy) {
    Optional<ForecastUse> use = policy.settings().forecast();
    String quantile = use.map(each -> Setting.quantity(each.quantile())).orElse(OFF);
    String lead = policy.forecast().map(ForecastPlan::lead).map(PolicyGenes::text).orElse("Auto");
    return List.of(
        Setting.choice(
            "forecast.quantile",
            QUANTILES,
            Math.max(0, QUANTILES.indexOf(quantile)),
            PolicyGenes::writeQuantile),
        Setting.choice(
            "forecast.lead", LEADS, Math.max(0, LEADS.indexOf(lead)), PolicyGenes::writeLead));
  }

  private static String text(Lead lead) {
    return switch (lead) {
      case Lead.Auto() -> "Auto";
      case Lead.Fixed(Duration fixed) -> Spans.text(fixed);
    };
  }

  private static void writeQuantile(Manifests manifests, String word) {
    if (word.equals(OFF)) {
      spec(manifests).remove("forecast");
    } else {
      Manifests.section(spec(manifests), "forecast").put("quantile", Double.valueOf(word));
    }
  }

  /** Written after the quantile: a policy that does not look ahead has no lead. */
  private static void writeLead(Manifests manifests, String word) {
    if (spec(manifests).containsKey("forecast")) {
      Manifests.section(spec(manifests), "forecast").put("lead", word);
    }
  }

  private static Optional<Setting> floor(Schedule schedule, PolicyDefinition policy) {
    int max = policy.settings().schedules().baseline().maxReplicas();
    return switch (schedule.target()) {
      case Target.Range range ->
          range.floor().isPresent()
              ? Optional.of(floor(schedule.name(), "floor", range.floor().getAsInt(), max))
              : Optional.empty();
      case Target.Exact(int replicas) ->
          Optional.of(floor(schedule.name(), "exact", replicas, max));
      case Target.Demand _ -> Optional.empty();
    };
  }

  /** No floor is above the maximum, which is written before. */
  private static Setting floor(String schedule, String kind, int present, int max) {
    return Setting.whole(
        schedule + "." + kind,
        1,
        max,
        present,
        (manifests, value) -> {
          int most = ((Number) spec(manifests).getOrDefault("maxReplicas", max)).intValue();
          for (Map<String, Object> each : Manifests.list(spec(manifests), "schedules")) {
            if (schedule.equals(each.get("name"))) {
              Map<String, Object> replicas = Manifests.section(each, "replicas");
              int ceiling =
                  replicas.get("ceiling") instanceof Number number ? number.intValue() : most;
              replicas.put(kind, Math.min((int) value, Math.min(most, ceiling)));
            }
          }
        });
  }

  private static Map<String, Object> spec(Manifests manifests) {
    return manifests.spec(Manifests.POLICY).orElseThrow();
  }
}
