// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.scenario;

import io.agentscale.adapter.yaml.YamlMapping;
import io.agentscale.adapter.yaml.YamlValue;
import io.agentscale.simulations.cost.Owned;
import io.agentscale.simulations.trace.spec.Fields;
import java.util.Optional;

/**
 * What replicas cost.
 *
 * @param currency for people
 * @param perReplicaHour price of a replica that exists, ready or not
 */
public record Prices(String currency, double perReplicaHour) {
  public Prices {
    if (!(perReplicaHour >= 0)) {
      throw new IllegalArgumentException(
          "perReplicaHour: must be at least 0, was: " + perReplicaHour);
    }
  }

  static Prices read(YamlMapping keys) {
    String currency = keys.optional("currency", YamlValue::nonEmpty).orElse("");
    return new Prices(currency, perReplicaHour(keys));
  }

  /** Reads a price by the hour, or by the month of 730 hours. */
  static double perReplicaHour(YamlMapping keys) {
    Optional<Double> hour = keys.optional("perReplicaHour", Fields::number);
    Optional<Double> month = keys.optional("perReplicaMonth", Fields::number);
    if (hour.isPresent() == month.isPresent()) {
      throw new IllegalArgumentException(
          "must have one of the keys perReplicaHour and perReplicaMonth");
    }
    return hour.orElseGet(() -> month.orElseThrow() / Owned.HOURS_PER_MONTH);
  }
}
