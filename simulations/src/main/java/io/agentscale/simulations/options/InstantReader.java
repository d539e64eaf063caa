// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.options;

import io.agentscale.simulations.trace.spec.TrafficYaml;
import java.time.Instant;

/** Reads a time, or a date as its midnight in UTC. */
public final class InstantReader implements OptionReader<Instant> {
  @Override
  public Instant read(String text) {
    return TrafficYaml.instant(text);
  }
}
