// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.Calculation.Computed;
import io.agentscale.core.hpa.MetricAnswers.Api;
import io.agentscale.core.hpa.MetricEvaluation.Failed;
import io.agentscale.core.hpa.MetricEvaluation.Notice;
import io.agentscale.core.hpa.MetricEvaluation.Proposed;
import io.agentscale.core.hpa.MetricSource.ContainerResourceMetric;
import io.agentscale.core.hpa.MetricSource.DescribedObject;
import io.agentscale.core.hpa.MetricSource.ExternalMetric;
import io.agentscale.core.hpa.MetricSource.ObjectMetric;
import io.agentscale.core.hpa.MetricSource.PodsMetric;
import io.agentscale.core.hpa.MetricSource.ResourceMetric;
import io.agentscale.core.hpa.MetricSource.UnknownMetric;
import io.agentscale.core.metric.Quantity;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Chooses the formula for a metric and words its outcome as the controller does. */
final class MetricEvaluator {
  private static final String GATED =
      "ContainerResource metric type is not supported: disabled by the feature gate";
  private static final String NO_RESOURCE_TARGET =
      "invalid resource metric source: neither an average utilization target nor an average value"
          + " (usage) target was set";
  private static final String NO_PODS_TARGET =
      "invalid pods metric source: no average value target was set";
  private static final String NO_OBJECT_TARGET =
      "invalid object metric source: neither a value target nor an average value target was set";
  private static final String NO_EXTERNAL_TARGET =
      "invalid external metric source: neither a value target nor an average value target was set";

  private final ReplicaContext context;

  MetricEvaluator(ReplicaContext context) {
    this.context = context;
  }

  MetricEvaluation evaluate(MetricSpec spec, MetricReading reading) {
    return switch (spec.source()) {
      case ResourceMetric source -> resource(spec, source, reading);
      case ContainerResourceMetric source -> containerResource(spec, source, reading);
      case PodsMetric source -> pods(spec, source, reading);
      case ObjectMetric source -> object(spec, source, reading);
      case ExternalMetric source -> external(spec, source, reading);
      case UnknownMetric source -> {
        String cause = "unknown metric source type \"" + source.type() + "\"";
        yield failed(spec, cause, "InvalidMetricSourceType", cause);
      }
    };
  }

  private MetricEvaluation resource(MetricSpec spec, ResourceMetric source, MetricReading reading) {
    String resource = source.resource();
    MetricTarget target = spec.target();
    return switch (podResource(resource, Optional.empty(), target, reading)) {
      case Computed computed ->
          proposed(spec, resource + resourceName(target, " resource"), source, computed);
      case Calculation.Failed failure -> {
        String cause = resourceCause(resource, target, failure.error());
        String error = "failed to get " + resource + " resource metric value: " + cause;
        yield failed(spec, error, "FailedGetResourceMetric", cause);
      }
    };
  }

  private MetricEvaluation containerResource(
      MetricSpec spec, ContainerResourceMetric source, MetricReading reading) {
    HpaSettings settings = context.settings();
    if (settings.dialect().gatesContainerResource() && !settings.containerResourceEnabled()) {
      // Without a notice: the controller forgets it here, see the empty condition it leaves.
      return new Failed(spec, GATED, Optional.empty());
    }
    String resource = source.resource();
    MetricTarget target = spec.target();
    return switch (podResource(resource, Optional.of(source.container()), target, reading)) {
      case Computed computed ->
          proposed(spec, resource + containerResourceName(target), source, computed);
      case Calculation.Failed failure -> {
        String cause = resourceCause(resource, target, failure.error());
        String error = "failed to get " + source.container() + " container metric value: " + cause;
        yield failed(spec, error, "FailedGetContainerResourceMetric", cause);
      }
    };
  }

  private static String resourceName(MetricTarget target, String kind) {
    return target.averageValue().isPresent() ? kind : kind + " utilization (percentage of request)";
  }

  /** The plain value is called the same for containers and whole pods. */
  private static String containerResourceName(MetricTarget target) {
    return target.averageValue().isPresent()
        ? " resource"
        : resourceName(target, " container resource");
  }

  private static String resourceCause(String resource, MetricTarget target, String error) {
    if (target.averageValue().isPresent()) {
      return "failed to get " + resource + " usage: " + error;
    }
    return target.averageUtilization().isPresent()
        ? "failed to get " + resource + " utilization: " + error
        : error;
  }

  private Calculation podResource(
      String resource, Optional<String> container, MetricTarget target, MetricReading reading) {
    if (target.averageValue().isEmpty() && target.averageUtilization().isEmpty()) {
      return new Calculation.Failed(NO_RESOURCE_TARGET);
    }
    Optional<String> unreadable = MetricAnswers.podSamplesError(Api.RESOURCE, reading);
    if (unreadable.isPresent()) {
      return unreadResource(resource, unreadable.get());
    }
    var usage = new PodUsage(MetricAnswers.podSamples(reading), container);
    if (usage.isEmpty()) {
      return unreadResource(resource, MetricAnswers.emptyAnswer(Api.RESOURCE));
    }
    Dialect dialect = context.settings().dialect();
    Optional<String> bare =
        dialect.failsOnMissingContainer()
            ? usage.podWithoutContainer(context.pods())
            : Optional.empty();
    if (bare.isPresent()) {
      return unreadResource(resource, containerNotPresent(container.orElse(""), bare.get()));
    }
    return target.averageValue().isPresent()
        ? PodCalculation.plain(
            context, usage, resource.equals("cpu"), target.averageValue().get().milli())
        : PodCalculation.utilization(
            context,
            usage,
            new PodRequests(resource, container, dialect),
            target.averageUtilization().orElseThrow());
  }

  private static Calculation unreadResource(String resource, String cause) {
    return new Calculation.Failed("unable to get metrics for resource " + resource + ": " + cause);
  }

  private String containerNotPresent(String container, String pod) {
    return "failed to get container metrics: container "
        + container
        + " not present in metrics for pod "
        + context.namespace()
        + "/"
        + pod;
  }

  private MetricEvaluation pods(MetricSpec spec, PodsMetric source, MetricReading reading) {
    return switch (podsMetric(source.metric().name(), spec.target(), reading)) {
      case Computed computed ->
          proposed(spec, "pods metric " + source.metric().name(), source, computed);
      case Calculation.Failed failure ->
          failed(
              spec,
              "failed to get pods metric value: " + failure.error(),
              "FailedGetPodsMetric",
              failure.error());
    };
  }

  private Calculation podsMetric(String name, MetricTarget target, MetricReading reading) {
    if (target.averageValue().isEmpty()) {
      return new Calculation.Failed(NO_PODS_TARGET);
    }
    Optional<String> unreadable = MetricAnswers.podSamplesError(Api.CUSTOM, reading);
    if (unreadable.isPresent()) {
      return unreadPods(name, unreadable.get());
    }
    var usage = new PodUsage(MetricAnswers.podSamples(reading), Optional.empty());
    if (usage.isEmpty()) {
      return unreadPods(name, MetricAnswers.emptyAnswer(Api.CUSTOM));
    }
    return PodCalculation.plain(context, usage, false, target.averageValue().get().milli());
  }

  private static Calculation unreadPods(String name, String cause) {
    return new Calculation.Failed("unable to get metric " + name + ": " + cause);
  }

  private MetricEvaluation object(MetricSpec spec, ObjectMetric source, MetricReading reading) {
    MetricIdentifier metric = source.metric();
    boolean average = spec.target().type() == MetricTarget.Type.AVERAGE_VALUE;
    return switch (objectMetric(source, spec.target(), reading)) {
      case Computed computed ->
          average
              ? proposed(
                  spec,
                  externalName(metric),
                  new ObjectMetric(DescribedObject.OMITTED, metric),
                  computed)
              : proposed(
                  spec, source.object().kind() + " metric " + metric.name(), source, computed);
      case Calculation.Failed failure -> {
        String cause = failure.error();
        String wrapped =
            average ? "failed to get " + metric.name() + " object metric: " + cause : cause;
        yield failed(
            spec, "failed to get object metric value: " + wrapped, "FailedGetObjectMetric", cause);
      }
    };
  }

  private Calculation objectMetric(
      ObjectMetric source, MetricTarget target, MetricReading reading) {
    Optional<Quantity> wanted =
        switch (target.type()) {
          case VALUE -> target.value();
          case AVERAGE_VALUE -> target.averageValue();
          case UTILIZATION, UNKNOWN -> Optional.empty();
        };
    if (wanted.isEmpty()) {
      return new Calculation.Failed(NO_OBJECT_TARGET);
    }
    Optional<String> unreadable = MetricAnswers.seriesError(Api.CUSTOM, reading);
    if (unreadable.isPresent()) {
      DescribedObject object = source.object();
      return new Calculation.Failed(
          "unable to get metric "
              + source.metric().name()
              + ": "
              + object.kind()
              + " on "
              + context.namespace()
              + " "
              + object.name()
              + "/"
              + unreadable.get());
    }
    long usage = MetricAnswers.series(reading).getFirst().milli();
    return target.type() == MetricTarget.Type.VALUE
        ? ValueCalculation.value(context, usage, wanted.get().milli())
        : ValueCalculation.averageValue(context, usage, wanted.get().milli(), false);
  }

  private MetricEvaluation external(MetricSpec spec, ExternalMetric source, MetricReading reading) {
    MetricIdentifier metric = source.metric();
    return switch (externalMetric(metric, spec.target(), reading)) {
      case Computed computed -> proposed(spec, externalName(metric), source, computed);
      case Calculation.Failed failure -> {
        String error =
            "failed to get "
                + metric.name()
                + " external metric value: "
                + externalError(metric.name(), spec.target(), failure.error());
        yield failed(spec, error, "FailedGetExternalMetric", failure.error());
      }
    };
  }

  private static String externalError(String name, MetricTarget target, String cause) {
    if (target.averageValue().isPresent()) {
      return "failed to get " + name + " external metric: " + cause;
    }
    return target.value().isPresent()
        ? "failed to get external metric " + name + ": " + cause
        : cause;
  }

  private Calculation externalMetric(
      MetricIdentifier metric, MetricTarget target, MetricReading reading) {
    Optional<Quantity> average = target.averageValue();
    Optional<Quantity> value = target.value();
    if (average.isEmpty() && value.isEmpty()) {
      return new Calculation.Failed(NO_EXTERNAL_TARGET);
    }
    Optional<String> unreadable = MetricAnswers.seriesError(Api.EXTERNAL, reading);
    if (unreadable.isPresent()) {
      return new Calculation.Failed(
          "unable to get external metric "
              + context.namespace()
              + "/"
              + metric.name()
              + "/"
              + metric.selectorText()
              + ": "
              + unreadable.get());
    }
    boolean capped = context.settings().dialect().capsExternalAverages();
    long usage = sum(MetricAnswers.series(reading), capped);
    return average.isPresent()
        ? ValueCalculation.averageValue(context, usage, average.get().milli(), capped)
        : ValueCalculation.value(context, usage, value.orElseThrow().milli());
  }

  private static long sum(List<Quantity> series, boolean capped) {
    long wrapping = 0;
    BigInteger exact = BigInteger.ZERO;
    for (Quantity value : series) {
      wrapping += value.milli();
      exact = capped ? exact.add(BigInteger.valueOf(value.milli())) : exact;
    }
    if (!capped || exact.bitLength() < Long.SIZE) {
      return wrapping;
    }
    return exact.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private static String externalName(MetricIdentifier metric) {
    return "external metric " + metric.name() + "(" + metric.selectorText() + ")";
  }

  private static MetricEvaluation proposed(
      MetricSpec spec, String name, MetricSource reported, Computed computed) {
    var status = new MetricStatus.Reported(reported, computed.current());
    return new Proposed(spec, name, computed.replicas(), status, computed.workings());
  }

  private static MetricEvaluation failed(
      MetricSpec spec, String error, String reason, String cause) {
    return new Failed(spec, error, Optional.of(new Notice(reason, cause)));
  }
}
