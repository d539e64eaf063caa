// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.simulations.trace.spec.TrafficSetting;
import java.nio.file.Path;

/** A small scenario: two hours with a step, an HPA and a policy. */
public final class TestScenario {
  public static final String YAML =
      """
      name: small
      seed: 7
      traffic: {generator: step, before: 4, after: 20, at: 1h, duration: 2h}
      pod: {preset: agent-2c4g}
      slo: {within: 6s}
      cluster: {initialReplicas: 2, startUp: 60s}
      prices: {currency: USD, perReplicaHour: 0.5}
      policies:
      - name: hpa
        manifests: |
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 2
            maxReplicas: 12
            metrics:
            - type: Pods
              pods:
                metric: {name: agent_active_count}
                target: {type: AverageValue, averageValue: "6"}
      - name: policy
        manifests: |
          apiVersion: agentscale.io/v1alpha1
          kind: ScalingPolicy
          metadata: {name: agent}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: agent}
            minReplicas: 2
            maxReplicas: 12
            demand: {preset: agent-concurrency, perReplica: "6"}
            schedules:
            - name: before-the-step
              timeZone: UTC
              at: "2024-01-01T00:50:00"
              duration: 30m
              replicas: {floor: 7}
            forecast: {lead: 2m}
            actuation: ExactFloor
      """;

  private TestScenario() {}

  static Scenario parsed() {
    return parsed(YAML);
  }

  static Scenario parsed(String yaml) {
    return ScenarioFile.parse("scenario.yaml", Path.of(""), yaml);
  }

  static Outcome run(Scenario scenario) {
    return new ScenarioRun(scenario, TrafficSetting.usual())
        .run(Shard.WHOLE, false, (done, total) -> {});
  }
}
