// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.options;

import io.agentscale.adapter.yaml.DurationText;
import java.time.Duration;

/** Reads 500ms, 15s, 1m30s or 14d. */
public final class DurationReader implements OptionReader<Duration> {
  @Override
  public Duration read(String text) {
    return DurationText.parse(text);
  }
}
