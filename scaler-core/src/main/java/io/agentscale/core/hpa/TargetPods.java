// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.PodGroup.ReadyCondition;
import io.agentscale.core.metric.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed pods, and which of them the target's selector matches. */
final class TargetPods {
  static final String NONE_SELECTED =
      "no pods returned by selector while calculating replica count";

  private final List<PodGroup> groups;
  private final LabelSelector selector;
  // Worked out when first asked for: metrics that are one number for all pods do not look at them.
  private boolean @Nullable [] selected;

  TargetPods(List<PodGroup> groups, LabelSelector selector) {
    this.groups = groups;
    this.selector = selector;
  }

  private boolean[] selected() {
    boolean[] known = selected;
    if (known == null) {
      known = select();
      selected = known;
    }
    return known;
  }

  private boolean[] select() {
    boolean[] matched = new boolean[groups.size()];
    for (int i = 0; i < matched.length; i++) {
      // Pods of one template are labelled alike.
      boolean isAlike = i > 0 && groups.get(i).labels().equals(groups.get(i - 1).labels());
      matched[i] = isAlike ? matched[i - 1] : selector.matches(groups.get(i).labels());
    }
    return matched;
  }

  int size() {
    return groups.size();
  }

  PodGroup group(int index) {
    return groups.get(index);
  }

  boolean isSelected(int index) {
    return selected()[index];
  }

  boolean isEmpty() {
    for (boolean isSelected : selected()) {
      if (isSelected) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether another selector matches one of the selected pods. */
  boolean overlaps(LabelSelector other) {
    for (int i = 0; i < groups.size(); i++) {
      if (isSelected(i) && other.matches(groups.get(i).labels())) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many run and are ready; deleted ones count too. */
  long runningAndReady() {
    long ready = 0;
    for (int i = 0; i < groups.size(); i++) {
      PodGroup group = groups.get(i);
      if (isSelected(i) && group.phase() == PodGroup.Phase.RUNNING && isReady(group)) {
        ready += group.count();
      }
    }
    return ready;
  }

  private static boolean isReady(PodGroup group) {
    return group.ready().isPresent() && group.ready().get().is(ReadyCondition.Status.TRUE);
  }
}
