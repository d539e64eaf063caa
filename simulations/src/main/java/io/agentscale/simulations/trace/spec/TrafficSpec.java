// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.trace.spec;

import io.agentscale.simulations.trace.Gaps;
import io.agentscale.simulations.trace.InvalidTraceException;
import io.agentscale.simulations.trace.RateTraffic;
import io.agentscale.simulations.trace.RequestTraffic;
import io.agentscale.simulations.trace.Traffic;
import io.agentscale.simulations.trace.transform.Superpose;
import io.agentscale.simulations.trace.transform.Transform;
import java.util.List;
import java.util.Optional;

/**
 * Traffic as it was asked for, not opened yet.
 *
 * @param source where it comes from
 * @param gaps what is done with steps nobody measured; empty to refuse them in a replay
 * @param changes applied in this order
 */
public record TrafficSpec(TrafficSource source, Optional<Gaps> gaps, List<Change> changes) {
  /** A change to traffic. */
  public sealed interface Change {
    /** One that needs nothing else. */
    record Of(Transform transform) implements Change {}

    /** Other traffic on top. */
    record With(TrafficSpec other) implements Change {}
  }

  public TrafficSpec {
    changes = List.copyOf(changes);
  }

  /**
   * Opens it for a replay: no step is unknown.
   *
   * @throws InvalidTraceException if the input is not a trace, or a change does not fit it
   */
  public Traffic open(TrafficSetting setting) {
    return open(setting, gaps.or(() -> Optional.of(Gaps.FAIL)));
  }

  /**
   * Opens it to look at it: steps are unknown as recorded, unless it says what to do with them.
   *
   * @throws InvalidTraceException if the input is not a trace, or a change does not fit it
   */
  public Traffic openAsRecorded(TrafficSetting setting) {
    return open(setting, gaps);
  }

  private Traffic open(TrafficSetting setting, Optional<Gaps> filling) {
    Traffic traffic =
        switch (source.open(setting)) {
          case RateTraffic rates -> filling.map(how -> how.fill(rates)).orElse(rates);
          case RequestTraffic requests -> requests;
        };
    for (int i = 0; i < changes.size(); i++) {
      try {
        traffic = transform(changes.get(i), setting, filling).apply(traffic);
      } catch (IllegalArgumentException e) {
        throw new InvalidTraceException("transforms[%d]: %s".formatted(i, e.getMessage()), e);
      }
    }
    return traffic;
  }

  private static Transform transform(
      Change change, TrafficSetting setting, Optional<Gaps> filling) {
    return switch (change) {
      case Change.Of of -> of.transform();
      case Change.With with ->
          new Superpose(with.other().open(setting, with.other().gaps().or(() -> filling)));
    };
  }
}
