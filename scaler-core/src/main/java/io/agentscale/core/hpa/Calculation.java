// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** What a formula made of a metric's samples. */
sealed interface Calculation {

  /**
   * A proposal.
   *
   * @param replicas proposed
   * @param current the metric's value to report
   * @param workings how it came about
   */
  record Computed(int replicas, MetricStatus.Current current, Workings workings)
      implements Calculation {}

  /** The samples do not allow a proposal. */
  record Failed(String error) implements Calculation {}
}
