// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune.settings;

import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.hpa.ScalingPolicy;
import io.agentscale.core.hpa.ScalingRules;
import io.agentscale.simulations.replay.autoscale.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a HorizontalPodAutoscaler that matter most: targets, bounds, and how fast it
 * moves. {@code maxReplicas} is somebody's budget and never raised.
 */
final class HpaGenes {
  /** From a third to three times. */
  private static final double TARGET_RATIO = 3;

  private static final List<String> UP_WINDOWS = List.of("0", "15", "30", "60", "120");
  private static final List<String> DOWN_WINDOWS =
      List.of("0", "60", "120", "180", "300", "450", "600", "900", "1800");

  /** Percent of the replicas, and pods, whichever is more, every 15 s. */
  private static final List<String> UP_SPEEDS =
      List.of("50% or 2", "100% or 4", "200% or 8", "400% or 16");

  /** Percent of the replicas every minute; 100 is no limit. */
  private static final List<String> DOWN_SPEEDS = List.of("5%", "10%", "20%", "50%", "100%");

  private HpaGenes() {}

  /** Returns the settings of an HPA by itself. */
  static List<Setting> alone(HpaSpec hpa) {
    List<Setting> settings = new ArrayList<>(targets(hpa));
    int max = hpa.maxReplicas();
    settings.add(
        Setting.whole(
            "minReplicas",
            1,
            Math.max(1, max / 2),
            hpa.minReplicas(),
            (manifests, value) -> spec(manifests).put("minReplicas", (int) value)));
    settings.add(
        Setting.whole(
            "maxReplicas",
            Math.max(1, Math.ceilDiv(max, 2)),
            max,
            max,
            (manifests, value) -> spec(manifests).put("maxReplicas", (int) value)));
    settings.addAll(behavior(hpa));
    return settings;
  }

  /** Returns the targets of all metrics but the one a policy serves, which has its perReplica. */
  static List<Setting> targets(HpaSpec hpa) {
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < hpa.metrics().size(); i++) {
      int index = i;
      MetricTarget target = hpa.metrics().get(i).target();
      if (isServed(hpa.metrics().get(i).source())) {
        continue;
      }
      String name = i == 0 ? "target" : "target-" + (i + 1);
      if (target.averageUtilization().isPresent()) {
        settings.add(
            Setting.whole(
                name,
                20,
                95,
                target.averageUtilization().orElse(80),
                (manifests, value) ->
                    target(manifests, index).put("averageUtilization", (int) value)));
      } else {
        boolean average = target.averageValue().isPresent();
        double present =
            (average ? target.averageValue() : target.value()).orElseThrow().doubleValue();
        settings.add(
            Setting.around(
                name,
                present,
                TARGET_RATIO,
                (manifests, value) ->
                    target(manifests, index)
                        .put(average ? "averageValue" : "value", Setting.quantity(value))));
      }
    }
    return settings;
  }

  private static boolean isServed(MetricSource source) {
    return switch (source) {
      case MetricSource.ExternalMetric external ->
          external.metric().name().equals(Signals.SERVED_METRIC);
      case MetricSource.ObjectMetric object -> object.metric().name().equals(Signals.SERVED_METRIC);
      default -> false;
    };
  }

  /** Returns how fast an HPA moves, whether it is by itself or follows a policy. */
  static List<Setting> behavior(HpaSpec hpa) {
    Behavior present = hpa.behavior().orElse(Behavior.DEFAULT);
    List<Setting> settings = new ArrayList<>();
    settings.add(
        Setting.choice(
            "scaleUp.window",
            UP_WINDOWS,
            nearest(UP_WINDOWS, present.scaleUp().stabilizationWindowSeconds().orElse(0)),
            (manifests, word) -> window(manifests, "scaleUp", word)));
    settings.add(
        Setting.choice(
            "scaleUp.speed", UP_SPEEDS, nearestUpSpeed(present.scaleUp()), HpaGenes::writeUpSpeed));
    settings.add(
        Setting.choice(
            "scaleDown.window",
            DOWN_WINDOWS,
            nearest(DOWN_WINDOWS, present.scaleDown().stabilizationWindowSeconds().orElse(300)),
            (manifests, word) -> window(manifests, "scaleDown", word)));
    settings.add(
        Setting.choice(
            "scaleDown.speed",
            DOWN_SPEEDS,
            nearestDownSpeed(present.scaleDown()),
            HpaGenes::writeDownSpeed));
    return settings;
  }

  private static void window(Manifests manifests, String direction, String seconds) {
    rules(manifests, direction).put("stabilizationWindowSeconds", Integer.valueOf(seconds));
  }

  private static void writeUpSpeed(Manifests manifests, String word) {
    String[] parts = word.split("% or ", -1);
    rules(manifests, "scaleUp")
        .put(
            "policies",
            List.of(
                policy("Percent", Integer.parseInt(parts[0]), 15),
                policy("Pods", Integer.parseInt(parts[1]), 15)));
  }

  private static void writeDownSpeed(Manifests manifests, String word) {
    int percent = percent(word);
    // A single pod may always go: a percentage of few replicas would hold them forever.
    rules(manifests, "scaleDown")
        .put("policies", List.of(policy("Percent", percent, 60), policy("Pods", 1, 60)));
  }

  private static Map<String, Object> policy(String type, int value, int periodSeconds) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("type", type);
    policy.put("value", value);
    policy.put("periodSeconds", periodSeconds);
    return policy;
  }

  private static int nearestUpSpeed(ScalingRules rules) {
    int percent = perMinute(rules) / 4;
    return percent <= 75 ? 0 : percent <= 150 ? 1 : percent <= 300 ? 2 : 3;
  }

  private static int nearestDownSpeed(ScalingRules rules) {
    int percent = Math.min(100, perMinute(rules));
    return nearest(DOWN_SPEEDS.stream().map(word -> "" + percent(word)).toList(), percent);
  }

  /**
   * Returns how many percent may change in a minute; 100 every 15 s where only pods are limited.
   */
  private static int perMinute(ScalingRules rules) {
    return rules.policies().stream()
        .filter(policy -> policy.type() == ScalingPolicy.Type.PERCENT)
        .mapToInt(policy -> policy.value() * 60 / policy.periodSeconds())
        .max()
        .orElse(400);
  }

  private static int percent(String word) {
    return Integer.parseInt(word.substring(0, word.length() - 1));
  }

  private static int nearest(List<String> numbers, int value) {
    int nearest = 0;
    for (int i = 1; i < numbers.size(); i++) {
      if (Math.abs(Integer.parseInt(numbers.get(i)) - value)
          < Math.abs(Integer.parseInt(numbers.get(nearest)) - value)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static Map<String, Object> rules(Manifests manifests, String direction) {
    return Manifests.section(Manifests.section(spec(manifests), "behavior"), direction);
  }

  static Map<String, Object> spec(Manifests manifests) {
    return manifests.spec(Manifests.HPA).orElseThrow();
  }

  /** Returns the target of a metric; an HPA without metrics is given its default one. */
  private static Map<String, Object> target(Manifests manifests, int index) {
    Map<String, Object> spec = spec(manifests);
    if (Manifests.list(spec, "metrics").isEmpty()) {
      Map<String, Object> cpu = new LinkedHashMap<>();
      cpu.put("type", "Resource");
      Manifests.section(cpu, "resource").put("name", "cpu");
      Manifests.section(Manifests.section(cpu, "resource"), "target").put("type", "Utilization");
      spec.put("metrics", List.of(cpu));
    }
    Map<String, Object> metric = Manifests.list(spec, "metrics").get(index);
    String type = String.valueOf(metric.get("type"));
    String key = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return Manifests.section(Manifests.section(metric, key), "target");
  }
}
