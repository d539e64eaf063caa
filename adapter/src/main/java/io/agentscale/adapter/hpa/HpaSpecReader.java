// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.hpa;

import io.agentscale.core.hpa.Behavior;
import io.agentscale.core.hpa.HpaSpec;
import io.agentscale.core.hpa.ScaleTarget;
import io.agentscale.core.hpa.ScalingPolicy;
import io.agentscale.core.hpa.ScalingRules;
import io.agentscale.core.hpa.ScalingRules.SelectPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code spec} of an autoscaling/v2 HorizontalPodAutoscaler and fills in the API's
 * defaults.
 *
 * @param namespace of the HPA
 * @param name of the HPA
 * @param defaultTarget where the spec names none; if empty it must
 * @param lenient whether words outside the API's enumerations are let pass, as the controller meets
 *     them when validation is skipped
 */
record HpaSpecReader(
    String namespace, String name, Optional<ScaleTarget> defaultTarget, boolean lenient) {
  /** Reads a behavior that belongs to no HPA of its own. */
  static final HpaSpecReader STRICT = new HpaSpecReader("default", "", Optional.empty(), false);

  private static final Set<String> FIELDS =
      Set.of("scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior");
  private static final Set<String> TARGET_FIELDS = Set.of("apiVersion", "kind", "name");
  private static final Set<String> BEHAVIOR_FIELDS = Set.of("scaleUp", "scaleDown");
  private static final Set<String> RULES_FIELDS =
      Set.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance");
  private static final Set<String> POLICY_FIELDS = Set.of("type", "value", "periodSeconds");

  HpaSpec read(InputNode spec) {
    spec.allowOnly(FIELDS);
    var metrics = new MetricSpecReader(lenient);
    return new HpaSpec(
        namespace,
        name,
        target(spec),
        spec.intOf("minReplicas", HpaSpec.DEFAULT_MIN_REPLICAS),
        lenient ? spec.intOf("maxReplicas", 0) : spec.require("maxReplicas").asInt(),
        spec.itemsOf("metrics").stream().map(metrics::read).toList(),
        spec.get("behavior").map(this::behavior));
  }

  private ScaleTarget target(InputNode spec) {
    Optional<InputNode> written = spec.get("scaleTargetRef");
    if (written.isEmpty()) {
      return defaultTarget.orElseThrow(() -> spec.error("scaleTargetRef: must be set"));
    }
    InputNode target = written.get();
    target.allowOnly(TARGET_FIELDS);
    return new ScaleTarget(
        target.textOf("apiVersion", ""), target.textOf("kind", ""), target.textOf("name", ""));
  }

  Behavior behavior(InputNode behavior) {
    behavior.allowOnly(BEHAVIOR_FIELDS);
    return new Behavior(
        rules(behavior.get("scaleUp"), ScalingRules.SCALE_UP_DEFAULT),
        rules(behavior.get("scaleDown"), ScalingRules.SCALE_DOWN_DEFAULT));
  }

  /** Replaces each default by what is written; a list of policies as a whole. */
  private ScalingRules rules(Optional<InputNode> written, ScalingRules defaults) {
    if (written.isEmpty()) {
      return defaults;
    }
    InputNode node = written.get();
    node.allowOnly(RULES_FIELDS);
    ScalingRules rules = defaults;
    Optional<InputNode> window = node.get("stabilizationWindowSeconds");
    if (window.isPresent()) {
      rules = rules.withStabilizationWindowSeconds(window.get().asInt());
    }
    Optional<InputNode> select = node.get("selectPolicy");
    if (select.isPresent()) {
      rules = rules.withSelectPolicy(selectPolicy(select.get()));
    }
    Optional<InputNode> policies = node.get("policies");
    if (policies.isPresent()) {
      rules = rules.withPolicies(policies(policies.get()));
    }
    Optional<InputNode> tolerance = node.get("tolerance");
    return tolerance.isPresent() ? rules.withTolerance(tolerance(tolerance.get())) : rules;
  }

  private SelectPolicy selectPolicy(InputNode node) {
    for (SelectPolicy policy : SelectPolicy.values()) {
      if (policy != SelectPolicy.UNKNOWN && policy.text().equals(node.asText())) {
        return policy;
      }
    }
    if (lenient) {
      return SelectPolicy.UNKNOWN;
    }
    throw node.error("must be one of Max, Min, Disabled, was: " + node.asText());
  }

  private static List<ScalingPolicy> policies(InputNode node) {
    return node.items().stream().map(HpaSpecReader::policy).toList();
  }

  private static ScalingPolicy policy(InputNode node) {
    node.allowOnly(POLICY_FIELDS);
    return new ScalingPolicy(
        policyType(node.require("type")),
        node.require("value").asInt(),
        node.require("periodSeconds").asInt());
  }

  private static ScalingPolicy.Type policyType(InputNode node) {
    for (ScalingPolicy.Type type : ScalingPolicy.Type.values()) {
      if (type.text().equals(node.asText())) {
        return type;
      }
    }
    throw node.error("must be one of Pods, Percent, was: " + node.asText());
  }

  /** Reads a tolerance as the controller does: whole thousandths times a thousandth, in doubles. */
  private static double tolerance(InputNode node) {
    return (double) node.asQuantity().milli() * 0.001;
  }
}
