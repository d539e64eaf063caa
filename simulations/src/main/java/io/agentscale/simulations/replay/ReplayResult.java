// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay;

import io.agentscale.simulations.score.Portion;
import io.agentscale.simulations.score.Score;
import java.util.List;

/**
 * What came of one replay.
 *
 * @param autoscaler its name
 * @param engine its name
 * @param seed it ran with
 * @param score what it is judged by
 * @param portions the same in parts, if the settings ask for them
 * @param steps ticks of the fluid engine, events of the request-level one
 */
public record ReplayResult(
    String autoscaler, String engine, long seed, Score score, List<Portion> portions, long steps) {
  public ReplayResult {
    portions = List.copyOf(portions);
  }
}
