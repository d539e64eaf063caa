// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.hpa.PodGroup;
import io.agentscale.simulations.replay.cluster.Misses.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An autoscaler that knows the load from before the replay, as a service that has read its history.
 *
 * @param autoscaler which
 * @param past what it knows
 */
public record Informed(Autoscaler autoscaler, Past past) implements Autoscaler {
  @Override
  public String name() {
    return autoscaler.name();
  }

  @Override
  public Session begin(SessionContext context) {
    return new Told(autoscaler.begin(context), past.loads());
  }

  /** A session that is told of the past at its first decision. */
  private static final class Told extends ForwardingSession {
    private List<LoadSample> untold;

    Told(Session session, List<LoadSample> past) {
      super(session);
      untold = past;
    }

    @Override
    public int decide(ClusterView view) {
      if (untold.isEmpty()) {
        return super.decide(view);
      }
      List<LoadSample> loads = new ArrayList<>(untold);
      loads.addAll(view.newLoads());
      untold = List.of();
      return super.decide(new FirstView(view, loads));
    }
  }

  /** A view with more loads than were scraped since the start. */
  private record FirstView(ClusterView view, List<LoadSample> newLoads) implements ClusterView {
    @Override
    public Instant now() {
      return view.now();
    }

    @Override
    public Instant at(double seconds) {
      return view.at(seconds);
    }

    @Override
    public int replicas() {
      return view.replicas();
    }

    @Override
    public int statusReplicas() {
      return view.statusReplicas();
    }

    @Override
    public int ready() {
      return view.ready();
    }

    @Override
    public List<PodGroup> pods() {
      return view.pods();
    }

    @Override
    public boolean isSampled(int group, Kind kind) {
      return view.isSampled(group, kind);
    }

    @Override
    public Optional<LoadSample> load() {
      return view.load();
    }

    @Override
    public int neededUntil(double seconds) {
      return view.neededUntil(seconds);
    }
  }
}
