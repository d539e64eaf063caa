// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy;

import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of a policy's target at one moment; unknown is not "no replicas". */
public sealed interface TargetView {

  /**
   * The target is there.
   *
   * @param replicas asked for by its scale
   * @param readyReplicas of its own pods that can serve
   * @param pods matches its own pods
   * @param autoscalers everything that scales it, as far as can be seen; more than one is a
   *     conflict
   * @param lead how long its pods took of late; empty while none was seen to start
   * @param obstacles facts that stand in the way of scaling it, in sentences
   */
  record Known(
      int replicas,
      int readyReplicas,
      LabelSelector pods,
      List<AutoscalerView> autoscalers,
      Optional<MeasuredLead> lead,
      List<String> obstacles)
      implements TargetView {
    public Known {
      autoscalers = List.copyOf(autoscalers);
      obstacles = List.copyOf(obstacles);
    }
  }

  /**
   * The target is not there or cannot be seen.
   *
   * @param cause why, and what to do
   */
  record Unknown(String cause) implements TargetView {}

  /**
   * How long pods of the target took from created to Ready.
   *
   * @param p90 nine of ten took at most this long
   * @param starts how many starts were measured
   */
  record MeasuredLead(Duration p90, int starts) {}
}
