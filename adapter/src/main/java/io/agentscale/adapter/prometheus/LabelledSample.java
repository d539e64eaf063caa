// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import io.agentscale.core.metric.Sample;
import java.util.Map;

/**
 * One row of an instant vector.
 *
 * @param labels includes {@code __name__} where the query kept it
 * @param sample its time is the time of evaluation, not that of the scrape
 */
public record LabelledSample(Map<String, String> labels, Sample sample) {
  public LabelledSample {
    labels = Map.copyOf(labels);
  }
}
