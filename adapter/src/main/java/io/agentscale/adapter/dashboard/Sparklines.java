// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.dashboard;

import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.policy.ServedDemand;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last demands served of every policy, few enough to be sent for all policies at once. */
final class Sparklines implements PolicyBoard.Listener {
  /** A quarter of an hour at a decision every fifteen seconds. */
  static final int POINTS = 60;

  private final Map<PolicyKey, Points> points = new ConcurrentHashMap<>();

  @Override
  public void posted(PolicySnapshot snapshot) {
    snapshot
        .latest()
        .ifPresent(
            record ->
                points
                    .computeIfAbsent(snapshot.definition().key(), _ -> new Points())
                    .add(record.at(), served(record)));
  }

  @Override
  public void removed(PolicyKey key) {
    points.remove(key);
  }

  /** Returns the demands, the oldest first; NaN where nothing was known. */
  double[] of(PolicyKey key) {
    Points known = points.get(key);
    return known == null ? new double[0] : known.inOrder();
  }

  static double served(DecisionRecord record) {
    return record.decision().served() instanceof ServedDemand.Known known
        ? known.demand().doubleValue()
        : Double.NaN;
  }

  /** A ring of values. */
  private static final class Points {
    private final double[] values = new double[POINTS];
    private int count;
    private Instant newest = Instant.MIN;

    synchronized void add(Instant at, double value) {
      // What changes between two decisions is no new point.
      if (at.isAfter(newest)) {
        values[count++ % POINTS] = value;
        newest = at;
      }
    }

    synchronized double[] inOrder() {
      if (count <= POINTS) {
        return Arrays.copyOf(values, count);
      }
      double[] ordered = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        ordered[i] = values[(count + i) % POINTS];
      }
      return ordered;
    }
  }
}
