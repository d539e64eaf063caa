// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.interest;

import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;

/** One metric that an autoscaler is going to ask for. */
public sealed interface Interest {

  /** The autoscaler's namespace. */
  String namespace();

  /** The metric's name. */
  String metric();

  /** Narrows the series behind the metric; empty for all. */
  LabelSelector selector();

  /** A metric of the pods that the autoscaler's target has. */
  record OfPods(String namespace, String metric, LabelSelector selector) implements Interest {}

  /**
   * A metric of one other object.
   *
   * @param kind the lower-case singular with its group
   * @param name of the object, in the autoscaler's namespace if the kind lives in one
   */
  record OfObject(
      String namespace, GroupResource kind, String name, String metric, LabelSelector selector)
      implements Interest {}

  /** A metric of no Kubernetes object. */
  record External(String namespace, String metric, LabelSelector selector) implements Interest {}
}
