// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

import java.util.List;

/**
 * What a candidate is worth.
 *
 * @param candidate which
 * @param objectives what is to be small, such as late percent and cost
 * @param violation by how much it breaks what must hold; 0 if it does not
 */
public record Evaluation(Candidate candidate, List<Double> objectives, double violation) {
  public Evaluation {
    objectives = List.copyOf(objectives);
    if (objectives.stream().anyMatch(value -> value.isNaN()) || !(violation >= 0)) {
      throw new IllegalArgumentException(
          "objectives: must be numbers, were: " + objectives + ", violation " + violation);
    }
  }

  /**
   * Tells whether this is better than another: it breaks less, or is nowhere worse and somewhere
   * better (Deb, "An efficient constraint handling method for genetic algorithms", 2000).
   */
  public boolean dominates(Evaluation other) {
    if (violation != other.violation) {
      return violation < other.violation;
    }
    boolean better = false;
    for (int i = 0; i < objectives.size(); i++) {
      int order = Double.compare(objectives.get(i), other.objectives.get(i));
      if (order > 0) {
        return false;
      }
      better |= order < 0;
    }
    return better;
  }
}
