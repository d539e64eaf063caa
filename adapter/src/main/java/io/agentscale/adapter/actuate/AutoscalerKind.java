// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of object that keep a workload's replicas between two bounds. */
public enum AutoscalerKind {
  HPA(
      "HorizontalPodAutoscaler",
      "autoscaling/v2",
      "horizontalpodautoscalers",
      "minReplicas",
      "maxReplicas",
      1,
      1),
  SCALED_OBJECT(
      "ScaledObject",
      "keda.sh/v1alpha1",
      "scaledobjects",
      "minReplicaCount",
      "maxReplicaCount",
      0,
      100);

  private final String kind;
  private final String apiVersion;
  private final String plural;
  private final String minField;
  private final String maxField;

  /** What the minimum is where none is written; a HorizontalPodAutoscaler takes no less. */
  private final int defaultMin;

  private final int defaultMax;

  AutoscalerKind(
      String kind,
      String apiVersion,
      String plural,
      String minField,
      String maxField,
      int defaultMin,
      int defaultMax) {
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.plural = plural;
    this.minField = minField;
    this.maxField = maxField;
    this.defaultMin = defaultMin;
    this.defaultMax = defaultMax;
  }

  static Optional<AutoscalerKind> of(String kind) {
    return Arrays.stream(values()).filter(one -> one.kind.equals(kind)).findFirst();
  }

  public String kind() {
    return kind;
  }

  String apiVersion() {
    return apiVersion;
  }

  /** Returns where all of them in the cluster are listed. */
  String everywhere() {
    return "/apis/" + apiVersion + "/" + plural;
  }

  /** Returns where those of a namespace are. */
  String collection(String namespace) {
    return "/apis/" + apiVersion + "/namespaces/" + namespace + "/" + plural;
  }

  /** Returns the field of the spec that holds a bound. */
  String field(Bound bound) {
    return bound == Bound.MIN ? minField : maxField;
  }

  int byDefault(Bound bound) {
    return bound == Bound.MIN ? defaultMin : defaultMax;
  }

  /** Returns the smallest value the API server takes. */
  int lowest(Bound bound) {
    return bound == Bound.MIN ? defaultMin : 1;
  }
}
