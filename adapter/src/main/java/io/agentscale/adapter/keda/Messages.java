// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.keda.wire.GetMetricSpecResponse;
import io.agentscale.adapter.keda.wire.GetMetricsResponse;
import io.agentscale.adapter.keda.wire.MetricSpec;
import io.agentscale.adapter.keda.wire.MetricValue;
import io.agentscale.core.metric.Quantity;

/** Writes amounts into answers, for every version of KEDA. */
final class Messages {
  private Messages() {}

  /** Returns the one metric of a trigger and what one replica carries of it. */
  static GetMetricSpecResponse spec(String metricName, Quantity target) {
    WireNumber number = WireNumber.of(target);
    return GetMetricSpecResponse.newBuilder()
        .addMetricSpecs(
            MetricSpec.newBuilder()
                .setMetricName(metricName)
                .setTargetSize(number.whole())
                .setTargetSizeFloat(number.fraction()))
        .build();
  }

  /** Returns one value: KEDA would add up several. */
  static GetMetricsResponse value(String metricName, Quantity demand) {
    WireNumber number = WireNumber.of(demand);
    return GetMetricsResponse.newBuilder()
        .addMetricValues(
            MetricValue.newBuilder()
                .setMetricName(metricName)
                .setMetricValue(number.whole())
                .setMetricValueFloat(number.fraction()))
        .build();
  }
}
