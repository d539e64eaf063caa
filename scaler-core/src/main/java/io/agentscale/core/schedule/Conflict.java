// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.schedule;

import java.util.List;

/** Schedules that ask at one time for what cannot be had together. */
public sealed interface Conflict {

  /** A floor above another schedule's ceiling; the floor is kept. */
  record FloorAboveCeiling(String floorSchedule, int floor, String ceilingSchedule, int ceiling)
      implements Conflict {
    @Override
    public String toString() {
      return "floor %d of %s is above ceiling %d of %s; the floor is kept"
          .formatted(floor, floorSchedule, ceiling, ceilingSchedule);
    }
  }

  /** Different exact numbers; the highest is kept. */
  record DifferentExacts(List<String> schedules, int kept) implements Conflict {
    public DifferentExacts {
      schedules = List.copyOf(schedules);
    }

    @Override
    public String toString() {
      return "%s ask for different exact replicas; %d, the highest, is kept"
          .formatted(String.join(" and ", schedules), kept);
    }
  }
}
