// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.adapter.actuate.Crossing;
import io.agentscale.adapter.actuate.Crossing.Move;
import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.core.policy.PolicyDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives a policy's workload its first replica and takes its last, by the code that does it live.
 */
final class LastReplica {
  private final Activation activation;
  private Optional<Instant> idleSince = Optional.empty();
  private String because = "";

  LastReplica(Activation activation) {
    this.activation = activation;
  }

  /**
   * Decides.
   *
   * @param autoscalers of the workload
   * @return how many replicas there are to be; empty if that is not for the activation to say
   */
  OptionalInt decide(ClusterView view, PolicyDecision decision, List<AutoscalerView> autoscalers) {
    Crossing crossing =
        Crossing.of(activation, decision, view.replicas(), idleSince, inFlight(view), view.now());
    idleSince = crossing.idleSince();
    because = crossing.because();
    boolean sleeps =
        crossing.move() == Move.SLEEP && Crossing.mayGo(decision, view.replicas(), autoscalers);
    if (crossing.move() == Move.WAKE || sleeps) {
      idleSince = Optional.empty();
      return OptionalInt.of(sleeps ? 0 : 1);
    }
    return OptionalInt.empty();
  }

  /** Begins the idle time again, as live after a restart. */
  void restart() {
    idleSince = Optional.empty();
  }

  /** Says why replicas came or went last. */
  String because() {
    return because;
  }

  private static Optional<String> inFlight(ClusterView view) {
    if (view.load().isEmpty()) {
      return Optional.of("runs in flight are not known: nothing scraped");
    }
    LoadSample load = view.load().get();
    if (!load.misses().gauges().isEmpty()) {
      return Optional.of("of some pods no runs are known");
    }
    return load.runs() > 0 ? Optional.of("runs are in flight") : Optional.empty();
  }
}
