// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.prometheus;

import java.util.List;

/**
 * What was answered, and what the other side said about its completeness.
 *
 * @param <T> the kind of data asked for
 * @param warnings such as a store that did not take part; not empty means the data may be partial
 */
public record PrometheusAnswer<T>(T data, List<String> warnings) {
  public PrometheusAnswer {
    warnings = List.copyOf(warnings);
  }
}
