// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.policy.PolicySettings;
import io.agentscale.core.schedule.Baseline;

/** The HorizontalPodAutoscaler that follows a policy, as a manifest that explains itself. */
public final class HpaText {
  static final String METRIC = "agentscale_demand";

  private HpaText() {}

  /**
   * Writes the manifest.
   *
   * @param objectMetric ask for a custom metric of the target rather than an external one
   */
  public static String of(PolicyDefinition policy, boolean objectMetric) {
    PolicySettings settings = policy.settings();
    Baseline bounds = settings.schedules().baseline();
    var text = new ManifestText();
    text.line("---");
    text.line(
        "# Follows ScalingPolicy %s. agentscale serves %s as the largest of the live"
            .formatted(policy.key(), METRIC));
    text.line(
        "# demand, the forecast at the lead time and each scheduled floor x perReplica, within ceiling");
    text.line("# and quota; this autoscaler divides it by perReplica.");
    text.line("apiVersion: autoscaling/v2");
    text.line("kind: HorizontalPodAutoscaler");
    text.line("metadata:");
    text.line("  name: " + policy.key().name());
    text.line("  namespace: " + policy.key().namespace());
    text.line("spec:");
    text.line("  scaleTargetRef:");
    text.target(policy.target(), "    ");
    minimum(policy, bounds, text);
    text.line("  maxReplicas: " + bounds.maxReplicas(), "the policy's, above every schedule");
    text.line("  metrics:");
    if (objectMetric) {
      objectMetric(policy, text);
    } else {
      externalMetric(policy, text);
    }
    behavior(policy, text);
    return text.toString();
  }

  private static void minimum(PolicyDefinition policy, Baseline bounds, ManifestText text) {
    if (bounds.minReplicas() == 0) {
      text.line(
          "  # The policy's minimum is 0: agentscale takes the last replica away and brings the first one");
      text.line("  # back. While there is none, this autoscaler rests; from one on it counts.");
      text.line("  minReplicas: 1");
      return;
    }
    boolean held = policy.actuation() instanceof Actuation.ExactFloor;
    text.line(
        "  minReplicas: " + bounds.minReplicas(),
        held ? "the policy's; agentscale raises it in scheduled windows" : "the policy's");
  }

  private static void externalMetric(PolicyDefinition policy, ManifestText text) {
    text.line("  - type: External");
    text.line("    external:");
    text.line("      metric:");
    text.line("        name: " + METRIC);
    text.line("        selector:");
    text.line("          matchLabels:");
    text.line("            policy: " + policy.key().name(), "of this namespace");
    target(policy, text);
  }

  private static void objectMetric(PolicyDefinition policy, ManifestText text) {
    text.line("  - type: Object", "custom.metrics.k8s.io, which other servers leave to agentscale");
    text.line("    object:");
    text.line("      describedObject:");
    text.target(policy.target(), "        ");
    text.line("      metric:");
    text.line("        name: " + METRIC);
    text.line("        selector:");
    text.line("          matchLabels:");
    text.line("            policy: " + policy.key().name());
    target(policy, text);
  }

  private static void target(PolicyDefinition policy, ManifestText text) {
    text.line("      target:");
    text.line("        type: AverageValue", "replicas = demand / averageValue, rounded up");
    text.line(
        "        averageValue: \"%s\"".formatted(policy.settings().perReplica()),
        "the policy's perReplica; change both together");
  }

  private static void behavior(PolicyDefinition policy, ManifestText text) {
    String tolerance =
        policy.settings().tolerance() == PolicySettings.DEFAULT_TOLERANCE
            ? ""
            : Quantity.of(policy.settings().tolerance()).toString();
    text.line("  behavior:");
    text.line("    scaleUp:");
    text.line(
        "      stabilizationWindowSeconds: 0",
        "demand is already smoothed; starting takes long enough");
    tolerance(tolerance, text);
    text.line("      policies:", "Kubernetes' own: double, or four more, every 15 s");
    text.line("      - {type: Percent, value: 100, periodSeconds: 15}");
    text.line("      - {type: Pods, value: 4, periodSeconds: 15}");
    text.line("    scaleDown:");
    text.line("      stabilizationWindowSeconds: 300", "the highest wish of five minutes counts");
    tolerance(tolerance, text);
    if (policy.scaleIn().protectBusyPods()) {
      text.line("      policies:", "one a minute, so that the idlest is marked before each goes");
      text.line("      - {type: Pods, value: 1, periodSeconds: 60}");
    }
  }

  private static void tolerance(String tolerance, ManifestText text) {
    if (!tolerance.isEmpty()) {
      text.line(
          "      tolerance: \"%s\"".formatted(tolerance),
          "the policy's; needs the feature HPAConfigurableTolerance");
    }
  }
}
