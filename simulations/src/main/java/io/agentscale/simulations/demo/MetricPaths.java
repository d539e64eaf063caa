// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.demo;

import io.agentscale.adapter.policy.live.DemandMetric;
import java.net.URI;

/** The places in the metrics APIs that the demo reads and shows. */
final class MetricPaths {
  private static final String CUSTOM = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/";
  private static final String EXTERNAL = "/apis/external.metrics.k8s.io/v1beta1/namespaces/";

  private MetricPaths() {}

  static URI ofPod(String pod, DemoMetric metric) {
    return URI.create(CUSTOM + DemoFiles.NAMESPACE + "/pods/" + pod + "/" + metric.metricName());
  }

  static URI ofAllPods(DemoMetric metric) {
    return URI.create(ofPod("*", metric) + "?labelSelector=app%3D" + DemoFiles.APP);
  }

  /** Returns where the demand that a policy decided upon is. */
  static URI demand(String policy) {
    return URI.create(
        "%s%s/%s?labelSelector=%s%%3D%s"
            .formatted(
                EXTERNAL, DemoFiles.NAMESPACE, DemandMetric.NAME, DemandMetric.POLICY, policy));
  }

  static URI external(DemoMetric metric) {
    return URI.create(EXTERNAL + DemoFiles.NAMESPACE + "/" + metric.metricName());
  }
}
