// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.core.metric.Sample;
import java.util.List;
import java.util.Map;

/**
 * One row of a matrix.
 *
 * @param labels includes {@code __name__} where the query kept it
 * @param samples oldest first; a step without a sample is left out
 */
public record LabelledSeries(Map<String, String> labels, List<Sample> samples) {
  public LabelledSeries {
    labels = Map.copyOf(labels);
    samples = List.copyOf(samples);
  }
}
