// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.PodGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A cluster without pods or load, at one moment. */
record StillView(Instant now) implements ClusterView {
  @Override
  public Instant at(double seconds) {
    return now.plusMillis(Math.round(seconds * 1000));
  }

  @Override
  public int replicas() {
    return 0;
  }

  @Override
  public int ready() {
    return 0;
  }

  @Override
  public List<PodGroup> pods() {
    return List.of();
  }

  @Override
  public Optional<LoadSample> load() {
    return Optional.empty();
  }

  @Override
  public List<LoadSample> newLoads() {
    return List.of();
  }

  @Override
  public int neededUntil(double seconds) {
    return 0;
  }
}
