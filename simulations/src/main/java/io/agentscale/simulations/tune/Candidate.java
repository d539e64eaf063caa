// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.tune;

import java.util.List;

/**
 * One choice of values.
 *
 * @param values of the genes, in their order
 */
public record Candidate(List<Double> values) {
  public Candidate {
    values = List.copyOf(values);
  }
}
