// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.apiservice.provider.GroupResource;
import java.util.List;
import java.util.Locale;

/**
 * The kinds metrics commonly describe. Those every supported Kubernetes serves need no discovery;
 * the others are known by name where there is no cluster to ask.
 */
final class WellKnownKinds {
  /** Kinds that every Kubernetes from 1.29 on serves, at these versions. */
  static final KindTable SERVED_EVERYWHERE =
      new KindTable(
          List.of(
              namespaced("v1", "pods", "Pod"),
              namespaced("v1", "services", "Service"),
              clusterScoped("v1", "namespaces", "Namespace"),
              clusterScoped("v1", "nodes", "Node"),
              namespaced("v1", "configmaps", "ConfigMap"),
              namespaced("v1", "secrets", "Secret"),
              namespaced("v1", "endpoints", "Endpoints"),
              namespaced("v1", "serviceaccounts", "ServiceAccount"),
              namespaced("v1", "replicationcontrollers", "ReplicationController"),
              namespaced("v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
              clusterScoped("v1", "persistentvolumes", "PersistentVolume"),
              namespaced("v1", "resourcequotas", "ResourceQuota"),
              namespaced("apps/v1", "deployments", "Deployment"),
              namespaced("apps/v1", "statefulsets", "StatefulSet"),
              namespaced("apps/v1", "daemonsets", "DaemonSet"),
              namespaced("apps/v1", "replicasets", "ReplicaSet"),
              namespaced("batch/v1", "jobs", "Job"),
              namespaced("batch/v1", "cronjobs", "CronJob"),
              namespaced("networking.k8s.io/v1", "ingresses", "Ingress"),
              namespaced("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy"),
              namespaced("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
              namespaced("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"),
              namespaced("discovery.k8s.io/v1", "endpointslices", "EndpointSlice")));

  /** All of them, for where no cluster can be asked. */
  static final KindTable ALL =
      SERVED_EVERYWHERE.with(
          List.of(
              namespaced("inference.networking.k8s.io/v1", "inferencepools", "InferencePool"),
              namespaced(
                  "inference.networking.x-k8s.io/v1alpha2", "inferencepools", "InferencePool"),
              namespaced(
                  "inference.networking.x-k8s.io/v1alpha2",
                  "inferenceobjectives",
                  "InferenceObjective"),
              namespaced("gateway.networking.k8s.io/v1", "gateways", "Gateway"),
              namespaced("gateway.networking.k8s.io/v1", "httproutes", "HTTPRoute"),
              namespaced("leaderworkerset.x-k8s.io/v1", "leaderworkersets", "LeaderWorkerSet"),
              namespaced("argoproj.io/v1alpha1", "rollouts", "Rollout"),
              namespaced("serving.kserve.io/v1beta1", "inferenceservices", "InferenceService"),
              namespaced("serving.knative.dev/v1", "services", "Service"),
              namespaced("serving.knative.dev/v1", "revisions", "Revision"),
              namespaced("ray.io/v1", "rayservices", "RayService"),
              namespaced("ray.io/v1", "rayclusters", "RayCluster"),
              namespaced("keda.sh/v1alpha1", "scaledobjects", "ScaledObject"),
              namespaced("agentscale.io/v1alpha1", "scalingpolicies", "ScalingPolicy")));

  private WellKnownKinds() {}

  static ResourceKind namespaced(String apiVersion, String plural, String kind) {
    return kind(apiVersion, plural, kind, true);
  }

  static ResourceKind clusterScoped(String apiVersion, String plural, String kind) {
    return kind(apiVersion, plural, kind, false);
  }

  private static ResourceKind kind(
      String apiVersion, String plural, String kind, boolean namespaced) {
    return new ResourceKind(
        new GroupResource(group(apiVersion), plural),
        kind.toLowerCase(Locale.ROOT),
        apiVersion,
        kind,
        namespaced);
  }

  /** Returns the group of an {@code apiVersion}; empty for the core group's. */
  static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
