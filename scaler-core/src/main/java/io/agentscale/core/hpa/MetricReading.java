// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.Quantity;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a metrics API answered for one metric. */
public sealed interface MetricReading {

  /** The answer had no item. */
  enum Empty implements MetricReading {
    ANSWER
  }

  /** The call failed. */
  record Failed(String error) implements MetricReading {}

  /**
   * The answer for a Resource, ContainerResource or Pods metric.
   *
   * @param listed one a group of the observation's pods, in its order
   * @param unlisted samples of pods that are not among those, by pod name
   */
  record PodSamples(List<PodSample> listed, Map<String, PodSample> unlisted)
      implements MetricReading {

    /** Returns the same sample for each of the observation's groups. */
    public static PodSamples uniform(int groups, PodSample sample) {
      return new PodSamples(Collections.nCopies(groups, sample), Map.of());
    }
  }

  /**
   * The answer for an Object or External metric.
   *
   * @param values one of an object, or one a series
   */
  record Series(List<Quantity> values) implements MetricReading {}
}
