// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.metrics;

import io.agentscale.apiservice.provider.ResourceMetricsProvider;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is served at one moment. A request reads it once and is answered from it to its
 * end, whatever replaces it meanwhile.
 *
 * @param origins asked in this order
 * @param resources who knows what pods and nodes use
 */
public record Served(List<MetricOrigin> origins, Optional<ResourceMetricsProvider> resources) {
  public Served {
    origins = List.copyOf(origins);
  }
}
