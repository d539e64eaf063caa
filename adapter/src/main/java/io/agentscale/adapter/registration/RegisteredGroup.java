// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.registration;

import java.util.List;

/** An API group that can be registered to lead to us; only one server of a cluster can own each. */
public enum RegisteredGroup {
  /** Metrics of objects; v1beta2 is preferred, as every server of this API prefers it. */
  CUSTOM,

  /** Metrics of nothing in the cluster. */
  EXTERNAL,

  /** CPU and memory of pods and nodes, else metrics-server's. */
  RESOURCE;

  List<ApiService> apiServices() {
    return switch (this) {
      case CUSTOM ->
          List.of(
              new ApiService("v1beta2", "custom.metrics.k8s.io", 200),
              new ApiService("v1beta1", "custom.metrics.k8s.io", 100));
      case EXTERNAL -> List.of(new ApiService("v1beta1", "external.metrics.k8s.io", 100));
      case RESOURCE -> List.of(new ApiService("v1beta1", "metrics.k8s.io", 100));
    };
  }
}
