// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.apiservice.provider.GroupResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds that are followed, at the versions read. */
final class TargetKinds {
  static final ResourceKind POD = kind("", "v1", "pods", "Pod");
  static final ResourceKind HPA =
      kind("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
  static final ResourceKind SCALED_OBJECT =
      kind("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject");
  static final ResourceKind VERTICAL_AUTOSCALER =
      kind("autoscaling.k8s.io", "v1", "verticalpodautoscalers", "VerticalPodAutoscaler");
  static final ResourceKind DISRUPTION_BUDGET =
      kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");

  /** Those whose objects say more than their scale does. */
  private static final List<ResourceKind> WORKLOADS =
      List.of(
          kind("apps", "v1", "deployments", "Deployment"),
          kind("apps", "v1", "statefulsets", "StatefulSet"),
          kind("apps", "v1", "replicasets", "ReplicaSet"));

  private TargetKinds() {}

  /** Finds the kind of a workload that is followed rather than polled. */
  static Optional<ResourceKind> workload(TargetKey target) {
    return WORKLOADS.stream()
        .filter(kind -> kind.kind().equals(target.reference().kind()))
        .filter(kind -> kind.resource().group().equals(target.group()))
        .findFirst();
  }

  private static ResourceKind kind(String group, String version, String plural, String kind) {
    return new ResourceKind(
        new GroupResource(group, plural),
        kind.toLowerCase(Locale.ROOT),
        group.isEmpty() ? version : group + "/" + version,
        kind,
        true);
  }
}
