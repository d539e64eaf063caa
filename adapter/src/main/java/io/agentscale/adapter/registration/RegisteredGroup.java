// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import java.util.List;

/** An API group that can be registered to lead to us; only one server of a cluster can own each. */
public enum RegisteredGroup {
  /** Metrics of objects; v1beta2 is preferred, since it alone tells windows and label sets. */
  CUSTOM(
      new ApiService("v1beta2", "custom.metrics.k8s.io", 200),
      new ApiService("v1beta1", "custom.metrics.k8s.io", 100)),

  /** Metrics of nothing in the cluster. */
  EXTERNAL(new ApiService("v1beta1", "external.metrics.k8s.io", 100)),

  /** CPU and memory of pods and nodes, else metrics-server's. */
  RESOURCE(new ApiService("v1beta1", "metrics.k8s.io", 100));

  private final List<ApiService> apiServices;

  RegisteredGroup(ApiService... apiServices) {
    this.apiServices = List.of(apiServices);
  }

  List<ApiService> apiServices() {
    return apiServices;
  }
}
