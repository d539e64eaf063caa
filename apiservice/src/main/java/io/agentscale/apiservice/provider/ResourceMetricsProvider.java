// SPDX-License-Identifier: Apache-2.0

package io.agentscale.apiservice.provider;

import java.util.concurrent.CompletionStage;

/** Who knows what pods and nodes use. Called from network threads, and so must not block. */
public interface ResourceMetricsProvider {

  /**
   * Answers for one object, or for every object selected. One whose use is not wholly known is left
   * out: an autoscaler knows what to make of a missing pod, and would believe a part.
   */
  CompletionStage<Answer<ObjectUsage>> usage(UsageQuery query);
}
