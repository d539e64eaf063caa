// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.options;

import io.agentscale.simulations.scenario.Shard;

/** Reads I/N. */
public final class ShardReader implements OptionReader<Shard> {
  @Override
  public Shard read(String text) {
    return Shard.parse(text);
  }
}
