// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.command;

import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.schedule.Baseline;

/** The KEDA ScaledObject that follows a policy, as a manifest that explains itself. */
final class ScaledObjectText {
  /** Where KEDA finds the service as {@code deploy/base} installs it. */
  static final String ADDRESS = "agentscale.agentscale-system.svc:9443";

  private ScaledObjectText() {}

  static String of(PolicyDefinition policy, String scalerAddress) {
    Baseline bounds = policy.settings().schedules().baseline();
    var text = new ManifestText();
    text.line("---");
    text.line(
        "# Follows ScalingPolicy %s: KEDA asks agentscale, and owns the HorizontalPodAutoscaler."
            .formatted(policy.key()));
    text.line("apiVersion: keda.sh/v1alpha1");
    text.line("kind: ScaledObject");
    text.line("metadata:");
    text.line("  name: " + policy.key().name());
    text.line("  namespace: " + policy.key().namespace());
    text.line("spec:");
    text.line("  scaleTargetRef:");
    text.target(policy.target(), "    ");
    boolean held = policy.actuation() instanceof Actuation.ExactFloor;
    text.line(
        "  minReplicaCount: " + bounds.minReplicas(),
        held ? "the policy's; agentscale raises it in scheduled windows" : "the policy's");
    text.line("  maxReplicaCount: " + bounds.maxReplicas(), "the policy's, above every schedule");
    text.line("  pollingInterval: 15", "as often as a HorizontalPodAutoscaler looks");
    policy.activation().ifPresent(activation -> cooldown(activation, text));
    fallback(bounds, text);
    text.line("  triggers:");
    text.line("  - type: external-push", "agentscale wakes KEDA when the first replica is wanted");
    text.line("    metricType: AverageValue");
    text.line("    metadata:");
    text.line("      scalerAddress: " + scalerAddress);
    text.line("      enableTLS: \"true\"");
    text.line("      policy: " + policy.key().name(), "which policy; its perReplica is the target");
    text.line("      namespace: " + policy.key().namespace());
    text.line("    authenticationRef:", "a TriggerAuthentication with our authority: docs/keda.md");
    text.line("      name: agentscale");
    return text.toString();
  }

  private static void cooldown(Activation activation, ManifestText text) {
    // The policy itself waits idleFor before it calls the target idle; KEDA's wait would add to it.
    text.line(
        "  cooldownPeriod: 0",
        "the policy waits %s itself".formatted(ManifestText.span(activation.idleFor())));
  }

  private static void fallback(Baseline bounds, ManifestText text) {
    text.line("  fallback:", "while agentscale cannot be asked, or says that it does not know");
    text.line("    failureThreshold: 3");
    text.line("    replicas: " + Math.max(1, bounds.minReplicas()));
    text.line("    behavior: currentReplicasIfHigher", "never fewer than there are");
  }
}
