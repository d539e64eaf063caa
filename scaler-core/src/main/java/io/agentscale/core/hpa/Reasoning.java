// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.List;
import java.util.Optional;

/** The way a reconciliation took to its replica count. */
public sealed interface Reasoning {

  /** The scale could not be read, so nothing was decided. */
  record ScaleUnreadable(String error) implements Reasoning {}

  /** The target was scaled to zero by hand, which switches the HPA off. */
  record Disabled() implements Reasoning {}

  /**
   * The count was outside the bounds and goes to the nearer one; no metric is read.
   *
   * @param above whether it was above maxReplicas, else below minReplicas
   * @param bound where it goes
   */
  record OutOfBounds(boolean above, int bound) implements Reasoning {}

  /**
   * The target's pods are not known for certain, so no metric is read.
   *
   * @param error the run ends with
   * @param parserError why the selector is not one, where it is not
   */
  record SelectorUnusable(String error, Optional<String> parserError) implements Reasoning {}

  /**
   * The metrics were read.
   *
   * @param metrics each one's proposal or failure, in the spec's order
   * @param combined what they come to
   * @param normalization absent if the combination failed
   */
  record Evaluated(
      List<MetricEvaluation> metrics, Combination combined, Optional<Normalization> normalization)
      implements Reasoning {}

  /** What several metrics come to. */
  sealed interface Combination {

    /**
     * The largest proposal.
     *
     * @param replicas may be negative or out of bounds
     * @param winner the name of the metric it comes from
     */
    record Largest(int replicas, String winner) implements Combination {}

    /** Too many failed: all, or some while the others would scale down. */
    record Refused(String error) implements Combination {}
  }
}
