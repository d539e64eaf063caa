// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import java.util.ArrayList;
import java.util.List;

/**
 * An autoscaler that writes down what it sees and asks for, so that another replay can go on from
 * any time of this one. It serves one replay.
 */
public final class Recorded implements Autoscaler {
  private final Autoscaler autoscaler;
  private final List<LoadSample> loads = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  /** A count that was asked for, from a time on. */
  private record Asked(double seconds, int replicas) {}

  public Recorded(Autoscaler autoscaler) {
    this.autoscaler = autoscaler;
  }

  @Override
  public String name() {
    return autoscaler.name();
  }

  @Override
  public Session begin(SessionContext context) {
    loads.clear();
    asked.clear();
    asked.add(new Asked(Double.NEGATIVE_INFINITY, context.cluster().initialReplicas()));
    return new Writing(autoscaler.begin(context));
  }

  /** Returns what there was before a time, as seen from there. */
  public Past before(double seconds) {
    List<LoadSample> past = new ArrayList<>();
    for (LoadSample load : loads) {
      if (load.atSeconds() < seconds) {
        past.add(load.at(load.atSeconds() - seconds));
      }
    }
    int replicas = 0;
    for (Asked each : asked) {
      replicas = each.seconds() < seconds ? each.replicas() : replicas;
    }
    return new Past(past, replicas);
  }

  private final class Writing extends ForwardingSession {
    Writing(Session session) {
      super(session);
    }

    @Override
    public int decide(ClusterView view) {
      loads.addAll(view.newLoads());
      return noted(view, super.decide(view));
    }

    @Override
    public int poll(ClusterView view) {
      return noted(view, super.poll(view));
    }

    private int noted(ClusterView view, int replicas) {
      if (replicas != asked.getLast().replicas()) {
        double now = view.now().toEpochMilli() / 1000.0 - view.at(0).toEpochMilli() / 1000.0;
        asked.add(new Asked(now, replicas));
      }
      return replicas;
    }
  }
}
