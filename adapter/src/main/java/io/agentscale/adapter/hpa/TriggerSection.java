// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.adapter.hpa.ScaledObject.Source;
import io.agentscale.adapter.keda.Trigger;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.core.hpa.MetricIdentifier;
import io.agentscale.core.hpa.MetricSource;
import io.agentscale.core.hpa.MetricSpec;
import io.agentscale.core.hpa.MetricTarget;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.schedule.Cron;
import io.agentscale.core.schedule.TimeZones;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the triggers of a ScaledObject, each with the metric KEDA makes of it. */
final class TriggerSection {
  private static final Set<String> FIELDS =
      Set.of("type", "name", "metadata", "metricType", "useCachedMetrics", "authenticationRef");
  private static final Quantity ONE = Quantity.of(1L);

  private final List<PolicyDefinition> policies;

  /**
   * @param policies those that triggers may ask for
   */
  TriggerSection(Collection<PolicyDefinition> policies) {
    this.policies = List.copyOf(policies);
  }

  /**
   * A trigger that was read.
   *
   * @param trigger itself
   * @param metric of the HorizontalPodAutoscaler
   */
  record Read(ScaledObject.Trigger trigger, MetricSpec metric) {}

  List<Read> read(InputNode triggers, String namespace) {
    List<Read> read = new ArrayList<>();
    for (InputNode trigger : triggers.items()) {
      read.add(read(trigger, read.size(), namespace));
    }
    if (read.isEmpty()) {
      throw triggers.error("must have a trigger, was: empty");
    }
    return read;
  }

  private Read read(InputNode trigger, int index, String namespace) {
    trigger.allowOnly(FIELDS);
    String type = trigger.require("type").asText();
    InputNode metadata = trigger.require("metadata");
    String name = "s%d-%s".formatted(index, type);
    return switch (type) {
      case "cron" -> external(trigger, index, window(metadata), name, ONE);
      case "prometheus" ->
          external(
              trigger,
              index,
              query(trigger, metadata),
              name,
              positive(metadata.require("threshold")));
      case "external", "external-push" -> {
        Trigger what = ours(metadata, namespace);
        Quantity target = target(metadata, what);
        boolean push = type.equals("external-push");
        yield external(trigger, index, new Source.Ours(what, push), name, target);
      }
      case "cpu", "memory" -> resource(trigger, index, metadata, type);
      default ->
          throw trigger
              .require("type")
              .error(
                  "must be one of cpu, cron, external, external-push, memory, prometheus,"
                      + " which are understood here, was: "
                      + type);
    };
  }

  private static ScaledObject.Trigger trigger(InputNode trigger, int index, Source source) {
    boolean cached = trigger.booleanOf("useCachedMetrics", false);
    return new ScaledObject.Trigger("spec.triggers[" + index + "]", cached, source);
  }

  private static Read external(
      InputNode trigger, int index, Source source, String name, Quantity target) {
    String type = trigger.textOf("metricType", "AverageValue");
    MetricTarget of =
        switch (type) {
          case "AverageValue" -> MetricTarget.averageValue(target);
          case "Value" -> MetricTarget.value(target);
          default ->
              throw trigger
                  .require("metricType")
                  .error("must be AverageValue or Value, was: " + type);
        };
    var metric = new MetricSource.ExternalMetric(new MetricIdentifier(name, Optional.empty()));
    return new Read(trigger(trigger, index, source), new MetricSpec(metric, of));
  }

  private static Read resource(InputNode trigger, int index, InputNode metadata, String resource) {
    String type = trigger.textOf("metricType", metadata.textOf("type", ""));
    InputNode value = metadata.require("value");
    MetricTarget target =
        switch (type) {
          case "Utilization" -> MetricTarget.averageUtilization(whole(value));
          case "AverageValue" -> MetricTarget.averageValue(positive(value));
          default ->
              throw trigger.error(
                  "metricType: must be Utilization or AverageValue, was: "
                      + (type.isEmpty() ? "absent" : type));
        };
    MetricSource source =
        metadata
            .get("containerName")
            .<MetricSource>map(
                name -> new MetricSource.ContainerResourceMetric(resource, name.asText()))
            .orElseGet(() -> new MetricSource.ResourceMetric(resource));
    return new Read(trigger(trigger, index, new Source.Resource()), new MetricSpec(source, target));
  }

  private static Source window(InputNode metadata) {
    var window =
        new Source.Window(
            parsed(metadata.require("timezone"), TimeZones::named),
            parsed(metadata.require("start"), Cron::parse),
            parsed(metadata.require("end"), Cron::parse),
            whole(metadata.require("desiredReplicas")));
    if (window.start().equals(window.end())) {
      throw metadata.require("end").error("must differ from start, was: " + window.end());
    }
    return window;
  }

  private static Source query(InputNode trigger, InputNode metadata) {
    metadata.require("query");
    return new Source.Query(
        trigger.get("name").or(() -> metadata.get("metricName")).map(InputNode::asText),
        metadata.get("activationThreshold").map(TriggerSection::quantity).orElse(Quantity.ZERO));
  }

  private static Trigger ours(InputNode metadata, String namespace) {
    Map<String, String> texts = new LinkedHashMap<>();
    metadata.fields().forEach(field -> texts.put(field.name(), field.asWritten()));
    try {
      return Trigger.read(namespace, texts);
    } catch (IllegalArgumentException e) {
      throw metadata.error(String.valueOf(e.getMessage()));
    }
  }

  private Quantity target(InputNode metadata, Trigger trigger) {
    return switch (trigger) {
      case Trigger.OfMetric metric -> metric.target();
      case Trigger.OfPolicy policy -> {
        PolicyDefinition asked =
            policies.stream()
                .filter(each -> each.key().equals(policy.key()))
                .findFirst()
                .orElseThrow(
                    () ->
                        metadata
                            .require("policy")
                            .error("must be a ScalingPolicy beside it, was: " + policy.key()));
        if (asked.actuation() instanceof Actuation.OwnScale) {
          throw metadata
              .require("policy")
              .error("must not scale its target itself, was: " + policy.key());
        }
        yield asked.settings().perReplica();
      }
    };
  }

  private static int whole(InputNode node) {
    try {
      int number = Integer.parseInt(node.asWritten());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw node.error("must be a whole number, was: " + node.asWritten());
    }
    throw node.error("must be at least 1, was: " + node.asWritten());
  }

  private static Quantity positive(InputNode node) {
    Quantity quantity = quantity(node);
    if (quantity.milli() <= 0) {
      throw node.error("must be above 0, was: " + quantity);
    }
    return quantity;
  }

  private static Quantity quantity(InputNode node) {
    return parsed(node, Quantity::parse);
  }

  private static <T> T parsed(InputNode node, Function<String, T> parser) {
    try {
      return parser.apply(node.asWritten());
    } catch (IllegalArgumentException e) {
      throw node.error(String.valueOf(e.getMessage()));
    }
  }
}
