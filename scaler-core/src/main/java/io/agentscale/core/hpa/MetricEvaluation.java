// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.Optional;

/** What became of one metric. */
public sealed interface MetricEvaluation {

  MetricSpec metric();

  /**
   * The metric proposes a replica count.
   *
   * @param metric of the spec
   * @param name as the controller's texts call it
   * @param replicas proposed; not yet limited
   * @param status what the HPA's status will say
   * @param workings how the proposal was computed
   */
  record Proposed(
      MetricSpec metric, String name, int replicas, MetricStatus.Reported status, Workings workings)
      implements MetricEvaluation {}

  /**
   * The metric is unknown, which is never zero.
   *
   * @param metric of the spec
   * @param error as the reconciliation reports it
   * @param notice what the HPA's condition and event say; absent by one quirk of 1.28
   */
  record Failed(MetricSpec metric, String error, Optional<Notice> notice)
      implements MetricEvaluation {}

  /**
   * What a failure is announced as.
   *
   * @param reason of condition and event
   * @param cause the event's message, and the end of the condition's
   */
  record Notice(String reason, String cause) {}
}
