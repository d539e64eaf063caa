// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricEvaluation.Failed;
import io.agentscale.core.hpa.MetricEvaluation.Proposed;
import io.agentscale.core.hpa.Reasoning.Combination;
import java.util.List;
import java.util.Optional;

/**
 * Combines the metrics' proposals: the largest wins, and a failed metric forbids going down but
 * neither up nor staying.
 *
 * @param result the largest proposal, or why there is none
 * @param firstFailure the failed metric the texts are about
 * @param error what the run reports even where it goes on
 */
record MetricCombination(
    Combination result, Optional<Failed> firstFailure, Optional<String> error) {

  static MetricCombination of(List<MetricEvaluation> evaluations, int specReplicas) {
    int best = 0;
    String winner = "";
    int failures = 0;
    Optional<Failed> firstFailure = Optional.empty();
    for (MetricEvaluation evaluation : evaluations) {
      switch (evaluation) {
        case Proposed proposed -> {
          // Ties keep the earlier metric, except at 0.
          if (best == 0 || proposed.replicas() > best) {
            best = proposed.replicas();
            winner = proposed.name();
          }
        }
        case Failed failed -> {
          firstFailure = failures == 0 ? Optional.of(failed) : firstFailure;
          failures++;
        }
      }
    }
    if (firstFailure.isEmpty()) {
      return new MetricCombination(
          new Combination.Largest(best, winner), firstFailure, Optional.empty());
    }
    String error =
        "invalid metrics ("
            + failures
            + " invalid out of "
            + evaluations.size()
            + "), first error is: "
            + firstFailure.get().error();
    boolean refused = failures == evaluations.size() || best < specReplicas;
    return new MetricCombination(
        refused ? new Combination.Refused(error) : new Combination.Largest(best, winner),
        firstFailure,
        Optional.of(error));
  }
}
