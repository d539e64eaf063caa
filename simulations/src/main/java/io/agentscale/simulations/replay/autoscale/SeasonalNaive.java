// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import io.agentscale.core.policy.ReplicaBounds;
import java.time.Duration;

/**
 * As many replicas as the minimal schedule had a season ago, from then until a replica asked for
 * now would be ready; before there is a season, as many as it has now.
 *
 * @param name in tables
 * @param bounds of the count
 * @param season such as a day, in whole minutes
 */
public record SeasonalNaive(String name, ReplicaBounds bounds, Duration season)
    implements Autoscaler {
  public SeasonalNaive {
    if (season.toMinutes() < 1 || !season.equals(Duration.ofMinutes(season.toMinutes()))) {
      throw new IllegalArgumentException("season: must be whole minutes, was: " + season);
    }
  }

  @Override
  public Session begin(SessionContext context) {
    return new Running(this, Oracle.seconds(context.cluster()));
  }

  /** What was needed, in a ring of the minutes of a season. */
  private static final class Running implements Session {
    private final SeasonalNaive scaling;
    private final int ahead;
    private final int[] needed;
    private long newest = Long.MIN_VALUE;
    private long first = Long.MAX_VALUE;
    private String reason = "";

    Running(SeasonalNaive scaling, double aheadSeconds) {
      this.scaling = scaling;
      ahead = (int) Math.ceil(aheadSeconds / 60);
      needed = new int[Math.toIntExact(scaling.season().toMinutes()) + 1];
    }

    @Override
    public int decide(ClusterView view) {
      long minute = view.now().getEpochSecond() / 60;
      int present = view.neededUntil(0);
      learn(minute, present);
      long from = minute - scaling.season().toMinutes();
      if (from < first) {
        reason = "no season seen yet, as now";
        return scaling.bounds().clamp(present);
      }
      reason = "as a season ago";
      int most = 0;
      for (long each = from; each <= Math.min(from + ahead, minute); each++) {
        most = Math.max(most, needed[slot(each)]);
      }
      return scaling.bounds().clamp(most);
    }

    private void learn(long minute, int present) {
      first = Math.min(first, minute);
      // Decisions may be minutes apart: what was needed between is what is needed now.
      for (long each = Math.max(newest + 1, minute - needed.length + 1); each <= minute; each++) {
        needed[slot(each)] = present;
      }
      needed[slot(minute)] = Math.max(needed[slot(minute)], present);
      newest = minute;
    }

    private int slot(long minute) {
      return Math.floorMod(minute, needed.length);
    }

    @Override
    public String reason() {
      return reason;
    }
  }
}
