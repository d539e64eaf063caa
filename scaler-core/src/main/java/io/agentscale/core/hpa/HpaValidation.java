// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricSource.ContainerResourceMetric;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSource.ObjectMetric;
import io.agentscale.core.hpa.MetricSource.PodsMetric;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.MetricSource.UnknownMetric;
import io.agentscale.core.hpa.ScalingRules.SelectPolicy;
import io.agentscale.core.metric.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The rules the API server holds an HPA to, with {@code HPAScaleToZero} on. */
public final class HpaValidation {
  private static final int WINDOW_MAX_SECONDS = 3600;
  private static final int PERIOD_MAX_SECONDS = 1800;

  private final Dialect dialect;
  private final List<Violation> violations = new ArrayList<>();

  private HpaValidation(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * A rule that a spec breaks.
   *
   * @param field its path below {@code spec}, such as {@code metrics[0].target}
   * @param rule what it must be, and what it is
   */
  public record Violation(String field, String rule) {
    @Override
    public String toString() {
      return field + ": " + rule;
    }
  }

  /** Returns everything that is wrong with a spec; nothing means the API server would take it. */
  public static List<Violation> check(HpaSpec spec, Dialect dialect) {
    var validation = new HpaValidation(dialect);
    validation.target(spec.target());
    validation.bounds(spec);
    for (int i = 0; i < spec.metrics().size(); i++) {
      validation.metric("metrics[" + i + "]", spec.metrics().get(i));
    }
    spec.behavior().ifPresent(validation::behavior);
    return List.copyOf(validation.violations);
  }

  private void require(boolean holds, String field, String rule, Object found) {
    if (!holds) {
      violations.add(new Violation(field, rule + ", was: " + found));
    }
  }

  private void require(boolean holds, String field, String rule) {
    if (!holds) {
      violations.add(new Violation(field, rule));
    }
  }

  private void target(ScaleTarget target) {
    require(!target.kind().isEmpty(), "scaleTargetRef.kind", "must be set");
    require(!target.name().isEmpty(), "scaleTargetRef.name", "must be set");
  }

  private void bounds(HpaSpec spec) {
    int min = spec.minReplicas();
    int max = spec.maxReplicas();
    require(min >= 0, "minReplicas", "must be at least 0", min);
    require(max >= 1, "maxReplicas", "must be at least 1", max);
    require(max >= min, "maxReplicas", "must be at least minReplicas (" + min + ")", max);
    boolean worksWithoutPods =
        spec.metrics().stream()
            .map(MetricSpec::source)
            .anyMatch(source -> source instanceof ObjectMetric || source instanceof ExternalMetric);
    require(
        min != 0 || worksWithoutPods,
        "metrics",
        "must have an Object or External metric where minReplicas is 0");
  }

  private void metric(String field, MetricSpec metric) {
    MetricTarget target = metric.target();
    String at = field + ".target";
    boolean value = target.value().isPresent();
    boolean average = target.averageValue().isPresent();
    boolean utilization = target.averageUtilization().isPresent();
    switch (metric.source()) {
      case ResourceMetric source -> {
        require(!source.resource().isEmpty(), field + ".resource.name", "must be set");
        requireResourceTarget(at, average, utilization);
      }
      case ContainerResourceMetric source -> {
        String own = field + ".containerResource";
        require(!source.resource().isEmpty(), own + ".name", "must be set");
        require(!source.container().isEmpty(), own + ".container", "must be set");
        requireResourceTarget(at, average, utilization);
      }
      case PodsMetric source -> {
        identifier(field + ".pods.metric", source.metric());
        require(average, at, "must have averageValue");
      }
      case ObjectMetric source -> {
        require(
            !source.object().kind().isEmpty() && !source.object().name().isEmpty(),
            field + ".object.describedObject",
            "must have kind and name");
        identifier(field + ".object.metric", source.metric());
        require(value || average, at, "must have value or averageValue");
      }
      case ExternalMetric source -> {
        identifier(field + ".external.metric", source.metric());
        require(value != average, at, "must have exactly one of value and averageValue");
      }
      case UnknownMetric source ->
          require(
              false,
              field + ".type",
              "must be one of Resource, ContainerResource, Pods, Object, External",
              source.type());
    }
    amounts(at, target);
  }

  private void requireResourceTarget(String at, boolean average, boolean utilization) {
    require(
        average != utilization, at, "must have exactly one of averageUtilization and averageValue");
  }

  private void identifier(String field, MetricIdentifier metric) {
    String name = metric.name();
    boolean pathSegment =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.indexOf('/') < 0
            && name.indexOf('%') < 0;
    require(
        pathSegment, field + ".name", "must be a path segment: not empty, without / and %", name);
  }

  private void amounts(String at, MetricTarget target) {
    require(
        target.type() != MetricTarget.Type.UNKNOWN,
        at + ".type",
        "must be one of Utilization, Value, AverageValue");
    positive(at + ".value", target.value());
    positive(at + ".averageValue", target.averageValue());
    OptionalInt percent = target.averageUtilization();
    require(
        percent.isEmpty() || percent.getAsInt() >= 1,
        at + ".averageUtilization",
        "must be at least 1",
        percent.orElse(0));
  }

  private void positive(String field, Optional<Quantity> amount) {
    require(
        amount.isEmpty() || amount.get().milli() > 0,
        field,
        "must be positive",
        amount.orElse(Quantity.ZERO));
  }

  private void behavior(Behavior behavior) {
    rules("behavior.scaleUp", behavior.scaleUp());
    rules("behavior.scaleDown", behavior.scaleDown());
  }

  private void rules(String field, ScalingRules rules) {
    OptionalInt window = rules.stabilizationWindowSeconds();
    int seconds = window.orElse(0);
    require(
        seconds >= 0 && seconds <= WINDOW_MAX_SECONDS,
        field + ".stabilizationWindowSeconds",
        "must be between 0 and " + WINDOW_MAX_SECONDS,
        seconds);
    require(
        rules.selectPolicy() != SelectPolicy.UNKNOWN,
        field + ".selectPolicy",
        "must be one of Max, Min, Disabled");
    require(!rules.policies().isEmpty(), field + ".policies", "must have at least one policy");
    for (int i = 0; i < rules.policies().size(); i++) {
      policy(field + ".policies[" + i + "]", rules.policies().get(i));
    }
    tolerance(field + ".tolerance", rules.tolerance());
  }

  private void policy(String field, ScalingPolicy policy) {
    require(policy.value() > 0, field + ".value", "must be positive", policy.value());
    int period = policy.periodSeconds();
    require(
        period >= 1 && period <= PERIOD_MAX_SECONDS,
        field + ".periodSeconds",
        "must be between 1 and " + PERIOD_MAX_SECONDS,
        period);
  }

  private void tolerance(String field, OptionalDouble tolerance) {
    require(
        tolerance.isEmpty() || dialect.hasToleranceInterval(),
        field,
        "does not exist in dialect " + dialect.text());
    require(
        tolerance.isEmpty() || tolerance.getAsDouble() >= 0,
        field,
        "must be at least 0",
        tolerance.orElse(0));
  }
}
