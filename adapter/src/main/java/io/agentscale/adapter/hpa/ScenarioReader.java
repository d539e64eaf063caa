// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Dialect;
import io.agentscale.core.hpa.HpaSettings;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.HpaValidation;
import io.agentscale.core.hpa.PodGroup.Container;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads scenarios.
 *
 * @param dialect the Kubernetes version to follow
 */
record ScenarioReader(Dialect dialect) {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "tags",
          "config",
          "hpa",
          "containers",
          "replicas",
          "otherSelectors",
          "allowInvalid",
          "steps");
  private static final Set<String> CONFIG_FIELDS =
      Set.of(
          "tolerance",
          "downscaleStabilizationSeconds",
          "cpuInitializationSeconds",
          "initialReadinessDelaySeconds",
          "containerResourceEnabled");
  private static final String NAMESPACE = "default";
  private static final String NAME = "hpa";
  private static final ScaleTarget TARGET = new ScaleTarget("apps/v1", "Deployment", "web");

  Scenario read(InputNode node) {
    node.allowOnly(FIELDS);
    boolean allowInvalid = node.booleanOf("allowInvalid", false);
    InputNode hpa = node.require("hpa");
    hpa.allowOnly(Set.of("spec"));
    return new Scenario(
        node.textOf("id", ""),
        settings(node.get("config")),
        spec(hpa.require("spec"), allowInvalid),
        allowInvalid,
        containers(node),
        node.intOf("replicas", 0),
        otherSelectors(node.get("otherSelectors")),
        node.itemsOf("steps"));
  }

  /** Reads a spec, with the API's defaults and by its rules. */
  HpaSpec spec(InputNode node, boolean allowInvalid) {
    HpaSpec spec = new HpaSpecReader(NAMESPACE, NAME, Optional.of(TARGET), allowInvalid).read(node);
    if (!allowInvalid) {
      requireValid(spec, node, dialect);
    }
    return spec;
  }

  static void requireValid(HpaSpec spec, InputNode node, Dialect dialect) {
    requireValid(spec, node, dialect, field -> field);
  }

  /** Refuses a spec that was written in other words; {@code written} says where a field is. */
  static void requireValid(
      HpaSpec spec, InputNode node, Dialect dialect, UnaryOperator<String> written) {
    for (HpaValidation.Violation violation : HpaValidation.check(spec, dialect)) {
      String field = written.apply(violation.field());
      InputNode place = node.descend(field);
      throw place.error(place.isAt(field) ? violation.rule() : field + ": " + violation.rule());
    }
  }

  HpaSettings settings(Optional<InputNode> written) {
    HpaSettings defaults = HpaSettings.DEFAULT.withDialect(dialect);
    if (written.isEmpty()) {
      return defaults;
    }
    InputNode config = written.get();
    config.allowOnly(CONFIG_FIELDS);
    try {
      return new HpaSettings(
          dialect,
          config.get("tolerance").map(InputNode::asDouble).orElse(defaults.tolerance()),
          seconds(config, "downscaleStabilizationSeconds", defaults.downscaleStabilization()),
          seconds(config, "cpuInitializationSeconds", defaults.cpuInitialization()),
          seconds(config, "initialReadinessDelaySeconds", defaults.initialReadinessDelay()),
          config.booleanOf("containerResourceEnabled", defaults.containerResourceEnabled()));
    } catch (IllegalArgumentException e) {
      throw config.error(String.valueOf(e.getMessage()));
    }
  }

  private static Duration seconds(InputNode config, String field, Duration absent) {
    return config.get(field).map(node -> Times.duration(node.asMicros())).orElse(absent);
  }

  static List<Container> containers(InputNode node) {
    return node.get("containers").map(PodReader::containers).orElse(PodReader.DEFAULT_CONTAINERS);
  }

  static Map<String, LabelSelector> otherSelectors(Optional<InputNode> written) {
    if (written.isEmpty()) {
      return Map.of();
    }
    Map<String, LabelSelector> selectors = new LinkedHashMap<>();
    for (InputNode field : written.get().fields()) {
      try {
        selectors.put(field.name(), LabelSelector.parse(field.asText()));
      } catch (IllegalArgumentException e) {
        throw field.error(String.valueOf(e.getMessage()));
      }
    }
    return selectors;
  }
}
