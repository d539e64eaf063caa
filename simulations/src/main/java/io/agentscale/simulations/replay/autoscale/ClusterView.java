// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.policy.Load;
import io.agentscale.core.policy.Foresight;
import io.agentscale.simulations.replay.cluster.Misses.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an autoscaler sees of the cluster at the time it decides. */
public interface ClusterView {
  Instant now();

  /** Returns the time a number of seconds after the replay's start. */
  Instant at(double seconds);

  /** Returns how many replicas are asked for. */
  int replicas();

  /** Returns how many of them have been created, as the scale's status says. */
  default int statusReplicas() {
    return replicas();
  }

  /** Returns how many of them are Ready. */
  int ready();

  /**
   * Returns the pods, alike ones together, also in whether they have samples; deleted ones are
   * among them.
   */
  List<PodGroup> pods();

  /** Tells whether {@link #load} has samples of the pods of a place in {@link #pods}. */
  default boolean isSampled(int group, Kind kind) {
    return true;
  }

  /** Returns the newest scrape that has come through; empty before the first. */
  Optional<LoadSample> load();

  /** Returns the newest scrapes not yet seen at an earlier decision, oldest first. */
  List<LoadSample> newLoads();

  /**
   * Returns the most replicas the minimal schedule asks for from now until a time; only baselines
   * ask, and only an oracle for what is to come.
   */
  int neededUntil(double seconds);

  /** Returns the load as recommenders see it. */
  default Load asLoad(Optional<Foresight> foresight) {
    Optional<LoadSample> sample = load();
    return new Load(
        replicas(),
        ready(),
        known(sample, Signal.DEMAND),
        known(sample, Signal.WAITING),
        foresight);
  }

  private static OptionalDouble known(Optional<LoadSample> sample, Signal signal) {
    double value = sample.isPresent() ? sample.get().of(signal) : Double.NaN;
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
