// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** What an HPA's status says of one of its metrics. */
public sealed interface MetricStatus {

  /** The entry of a metric that failed. */
  enum Unknown implements MetricStatus {
    ENTRY
  }

  /**
   * What a metric currently is.
   *
   * @param source which metric
   * @param current its value
   */
  record Reported(MetricSource source, Current current) implements MetricStatus {}

  /**
   * A metric's value, in the form of its target.
   *
   * @param valueMilli of the whole metric, in thousandths
   * @param averageValueMilli per pod, in thousandths
   * @param averageUtilization per pod, in percent of the request
   */
  record Current(
      OptionalLong valueMilli, OptionalLong averageValueMilli, OptionalInt averageUtilization) {

    static Current value(long milli) {
      return new Current(OptionalLong.of(milli), OptionalLong.empty(), OptionalInt.empty());
    }

    static Current averageValue(long milli) {
      return new Current(OptionalLong.empty(), OptionalLong.of(milli), OptionalInt.empty());
    }

    static Current utilization(int percent, long averageMilli) {
      return new Current(
          OptionalLong.empty(), OptionalLong.of(averageMilli), OptionalInt.of(percent));
    }
  }
}
