// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.Optional;

/**
 * The name of a custom or external metric.
 *
 * @param name as the metrics API knows it
 * @param selector narrows its series; absent is written differently from empty
 */
public record MetricIdentifier(String name, Optional<MetricSelector> selector) {

  /** Returns the selector as the controller's texts print it. */
  String selectorText() {
    return selector.isPresent() ? selector.get().toString() : "nil";
  }
}
