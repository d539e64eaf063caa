// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The custom resource: how one workload is scaled, and what became of it. Its definition for the
 * API server is generated from this type.
 */
@Group(ScalingPolicy.GROUP)
@Version(ScalingPolicy.VERSION)
@Kind(ScalingPolicy.KIND)
@Plural(ScalingPolicy.PLURAL)
@Singular("scalingpolicy")
@ShortNames("asp")
@AdditionalPrinterColumn(
    name = "Target",
    jsonPath = ".spec.scaleTargetRef.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Mode",
    jsonPath = ".spec.mode",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Demand",
    jsonPath = ".status.demand",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Next",
    jsonPath = ".status.nextTransition.at",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Explanation",
    jsonPath = ".status.explanation",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "the name must be at most 63 characters, as autoscalers select by it as a label")
public final class ScalingPolicy extends CustomResource<ScalingPolicySpec, ScalingPolicyStatus>
    implements Namespaced {
  public static final String GROUP = "agentscale.io";
  public static final String VERSION = "v1alpha1";
  public static final String API_VERSION = GROUP + "/" + VERSION;
  public static final String KIND = "ScalingPolicy";
  public static final String PLURAL = "scalingpolicies";

  private static final long serialVersionUID = 1L;
}
