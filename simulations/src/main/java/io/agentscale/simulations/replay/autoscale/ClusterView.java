// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.core.policy.Load;
import io.agentscale.core.policy.Foresight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

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

  /** Returns the pods, alike ones together; deleted ones are among them. */
  List<PodGroup> pods();

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
        known(sample, LoadSample::demand),
        known(sample, LoadSample::waiting),
        foresight);
  }

  private static OptionalDouble known(
      Optional<LoadSample> sample, ToDoubleFunction<LoadSample> of) {
    double value = sample.isPresent() ? of.applyAsDouble(sample.get()) : Double.NaN;
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
