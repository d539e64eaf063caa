// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricReading.Failed;
import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.hpa.MetricReading.Series;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSource.PodsMetric;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.metric.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small HPAs and what they see. */
final class HpaFixture {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final TargetSelector SELECTOR = TargetSelector.parse("app=web");
  static final Map<String, String> LABELS = Map.of("app", "web");
  static final Container APP = new Container("app", Map.of("cpu", Quantity.of(1)), false);

  private HpaFixture() {}

  static HpaSpec spec(int min, int max, MetricSpec... metrics) {
    return new HpaSpec(
        "default",
        "hpa",
        new ScaleTarget("apps/v1", "Deployment", "web"),
        min,
        max,
        List.of(metrics),
        Optional.empty());
  }

  static HpaSpec withBehavior(HpaSpec spec, Behavior behavior) {
    return new HpaSpec(
        spec.namespace(),
        spec.name(),
        spec.target(),
        spec.minReplicas(),
        spec.maxReplicas(),
        spec.metrics(),
        Optional.of(behavior));
  }

  static MetricSpec external(MetricTarget target) {
    return new MetricSpec(
        new ExternalMetric(new MetricIdentifier("lag", Optional.empty())), target);
  }

  static MetricSpec pods(long averageMilli) {
    return new MetricSpec(
        new PodsMetric(new MetricIdentifier("inflight", Optional.empty())),
        MetricTarget.averageValue(Quantity.ofMilli(averageMilli)));
  }

  static PodGroup running(int count, Container... containers) {
    return PodGroup.running(count, LABELS, START.minus(Duration.ofHours(1)), List.of(containers));
  }

  static MetricReading series(long milli) {
    return new Series(List.of(Quantity.ofMilli(milli)));
  }

  static MetricReading samples(long milli, Instant now) {
    return PodSamples.uniform(1, new PodSample.Value(milli, now, Duration.ofSeconds(30)));
  }

  static MetricReading failed() {
    return new Failed("down");
  }

  static Observation observation(int replicas, List<PodGroup> pods, MetricReading... readings) {
    return new Observation(
        new ScaleReading.Scale(replicas, replicas, SELECTOR), pods, List.of(readings));
  }
}
