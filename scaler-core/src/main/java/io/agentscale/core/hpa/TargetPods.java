// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.PodGroup.ReadyCondition;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;

/** The observed pods, and which of them the target's selector matches. */
final class TargetPods {
  static final String NONE_SELECTED =
      "no pods returned by selector while calculating replica count";

  private final List<PodGroup> groups;
  private final boolean[] selected;
  private final boolean anySelected;

  TargetPods(List<PodGroup> groups, LabelSelector selector) {
    this.groups = groups;
    selected = new boolean[groups.size()];
    boolean any = false;
    for (int i = 0; i < selected.length; i++) {
      selected[i] = selector.matches(groups.get(i).labels());
      any |= selected[i];
    }
    anySelected = any;
  }

  int size() {
    return selected.length;
  }

  PodGroup group(int index) {
    return groups.get(index);
  }

  boolean isSelected(int index) {
    return selected[index];
  }

  boolean isEmpty() {
    return !anySelected;
  }

  /** Tells whether another selector matches one of the selected pods. */
  boolean overlaps(LabelSelector other) {
    for (int i = 0; i < selected.length; i++) {
      if (selected[i] && other.matches(groups.get(i).labels())) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many run and are ready; deleted ones count too. */
  long runningAndReady() {
    long ready = 0;
    for (int i = 0; i < selected.length; i++) {
      PodGroup group = groups.get(i);
      if (selected[i] && group.phase() == PodGroup.Phase.RUNNING && isReady(group)) {
        ready += group.count();
      }
    }
    return ready;
  }

  private static boolean isReady(PodGroup group) {
    return group.ready().isPresent() && group.ready().get().is(ReadyCondition.Status.TRUE);
  }
}
