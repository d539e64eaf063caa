// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentscale.adapter.hpa.ScaledObject.Fallback;
import io.agentscale.adapter.hpa.ScaledObject.Source;
import io.agentscale.adapter.keda.Trigger;
import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.metric.Quantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read otherwise than KEDA reads it is scaled otherwise than KEDA scales it. */
final class ScaledObjectFileTest {
  private static final String FULL =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: passed-over}
      ---
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata:
        name: coder
        namespace: agents
        annotations: {autoscaling.keda.sh/paused: "false"}
      spec:
        scaleTargetRef: {name: coder}
        pollingInterval: 10
        cooldownPeriod: 60
        initialCooldownPeriod: 90
        minReplicaCount: 2
        maxReplicaCount: 20
        idleReplicaCount: 0
        fallback: {failureThreshold: 3, replicas: 6, behavior: currentReplicasIfHigher}
        advanced:
          restoreToOriginalReplicaCount: true
          horizontalPodAutoscalerConfig:
            behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
        triggers:
        - type: prometheus
          name: queue
          useCachedMetrics: true
          metricType: Value
          metadata: {query: q, threshold: "5.5", activationThreshold: "2"}
        - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
        - type: external-push
          metadata: {scalerAddress: "a:1", metric: agent_queue_depth, target: "4"}
        - type: cron
          metadata:
            {timezone: Europe/Berlin, start: "0 8 * * *", end: "0 18 * * *", desiredReplicas: "7"}
      """;

  private static ScaledObject read(String text) {
    return ScaledObjectFile.parse("so.yaml", text, Dialect.V1_28, List.of()).getFirst();
  }

  @Test
  void everyField_isRead() {
    ScaledObject object = read(FULL);
    assertThat(object.pollingInterval()).hasSeconds(10);
    assertThat(object.cooldown()).hasSeconds(60);
    assertThat(object.initialCooldown()).hasSeconds(90);
    assertThat(object.minReplicas()).isEqualTo(2);
    assertThat(object.idleReplicas()).hasValue(0);
    assertThat(object.fallback()).contains(new Fallback(3, 6, Fallback.Behavior.CURRENT_IF_HIGHER));
    assertThat(object.triggers())
        .extracting(ScaledObject.Trigger::source)
        .hasExactlyElementsOfTypes(
            Source.Query.class, Source.Resource.class, Source.Ours.class, Source.Window.class);
    assertThat(object.triggers())
        .extracting(ScaledObject.Trigger::cached)
        .containsExactly(true, false, false, false);
    assertThat(object.triggers().getFirst().source())
        .isEqualTo(new Source.Query(Optional.of("queue"), Quantity.of(2L)));
    assertThat(object.triggers().get(2).source())
        .isInstanceOfSatisfying(
            Source.Ours.class,
            ours -> {
              assertThat(ours.push()).isTrue();
              assertThat(ours.what()).isInstanceOf(Trigger.OfMetric.class);
            });
  }

  @Test
  void hpa_isTheOneKedaKeeps() {
    var hpa = read(FULL).hpa();
    assertThat(hpa.namespace()).isEqualTo("agents");
    assertThat(hpa.minReplicas()).isEqualTo(2);
    assertThat(hpa.maxReplicas()).isEqualTo(20);
    assertThat(hpa.behavior().orElseThrow().scaleDown().stabilizationWindowSeconds()).hasValue(60);
    assertThat(hpa.metrics()).hasSize(4);
    assertThat(hpa.metrics().get(0).target())
        .isEqualTo(MetricTarget.value(Quantity.parse("5500m")));
    assertThat(hpa.metrics().get(1).source()).isEqualTo(new MetricSource.ResourceMetric("cpu"));
    assertThat(hpa.metrics().get(2).target()).isEqualTo(MetricTarget.averageValue(Quantity.of(4L)));
    assertThat(hpa.metrics().get(3).target())
        .as("a window's replicas are a metric of which each replica carries one")
        .isEqualTo(MetricTarget.averageValue(Quantity.of(1L)));
  }

  @Test
  void fallback_isOfThePresentReplicas() {
    assertThat(new Fallback(3, 6, Fallback.Behavior.STATIC).replicas(9)).isEqualTo(6);
    assertThat(new Fallback(3, 6, Fallback.Behavior.CURRENT).replicas(9)).isEqualTo(9);
    assertThat(new Fallback(3, 6, Fallback.Behavior.CURRENT_IF_HIGHER).replicas(4)).isEqualTo(6);
    assertThat(new Fallback(3, 6, Fallback.Behavior.CURRENT_IF_LOWER).replicas(4)).isEqualTo(4);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "paused: \"false\" | paused: \"true\" | must be absent",
        "pollingInterval: 10 | pollingInterval: 0 | must be at least 1 seconds",
        "minReplicaCount: 2 | minReplicaCount: -2 | must be at least 0",
        "minReplicaCount: 2 | minReplicaCount: 30 | must be at least",
        "idleReplicaCount: 0 | idleReplicaCount: 1 | must be 0 and below minReplicaCount 2",
        "behavior: currentReplicasIfHigher | behavior: high | must be one of static,",
        "restoreToOriginalReplicaCount: true | scalingModifiers: {formula: a} | unknown field",
        "threshold: \"5.5\" | threshold: \"none\" | none",
        "threshold: \"5.5\" | threshold: \"0\" | must be above 0",
        "metricType: Value | metricType: Utilization | must be AverageValue or Value",
        "metricType: Utilization | metricType: Value | must be Utilization or AverageValue",
        "target: \"4\" | tarket: \"4\" | metadata.target: must say",
        "type: cron | type: kafka | must be one of cpu, cron",
        "timezone: Europe/Berlin | timezone: Berlin | must be an IANA time zone",
        "end: \"0 18 * * *\" | end: \"0 8 * * *\" | must differ from start",
        "desiredReplicas: \"7\" | desiredReplicas: seven | must be a whole number",
        "metric: agent_queue_depth, target: \"4\" | policy: coder | must be a ScalingPolicy beside",
      })
  void otherwise_isRefusedWithItsPlace(String written, String instead, String message) {
    assertThat(FULL).contains(written.strip());
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(FULL.replace(written.strip(), instead.strip())))
        .withMessageStartingWith("so.yaml:")
        .withMessageContaining(message.strip());
  }

  @Test
  void cpuAlone_wakesNothing() {
    String text =
        """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: coder}
        spec:
          scaleTargetRef: {name: coder}
          triggers:
          - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
        """;
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining("minReplicaCount: must be at least 1");
    assertThat(read(text.replace("spec:", "spec:\n  minReplicaCount: 1")).minReplicas())
        .isEqualTo(1);
  }
}
