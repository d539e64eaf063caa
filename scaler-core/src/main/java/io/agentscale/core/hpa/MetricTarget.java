// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.Quantity;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a metric should be.
 *
 * <p>The controller looks at which of the fields is set; only an Object metric asks for the type.
 *
 * @param type the API's word for the field that counts
 * @param value of the whole metric
 * @param averageValue per pod
 * @param averageUtilization per pod, in percent of the request
 */
public record MetricTarget(
    Type type,
    Optional<Quantity> value,
    Optional<Quantity> averageValue,
    OptionalInt averageUtilization) {

  /** The words of the API. */
  public enum Type {
    UTILIZATION("Utilization"),
    VALUE("Value"),
    AVERAGE_VALUE("AverageValue"),
    UNKNOWN("");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static MetricTarget value(Quantity value) {
    return new MetricTarget(Type.VALUE, Optional.of(value), Optional.empty(), OptionalInt.empty());
  }

  public static MetricTarget averageValue(Quantity averageValue) {
    return new MetricTarget(
        Type.AVERAGE_VALUE, Optional.empty(), Optional.of(averageValue), OptionalInt.empty());
  }

  public static MetricTarget averageUtilization(int percent) {
    return new MetricTarget(
        Type.UTILIZATION, Optional.empty(), Optional.empty(), OptionalInt.of(percent));
  }
}
