// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import java.util.LinkedHashSet;
import java.util.Set;

/** The points of one export that were not taken, and why. */
final class Rejections {
  private static final int CAUSES = 3;

  private final Set<String> causes = new LinkedHashSet<>();
  private int points;

  /** Adds points that were refused for one reason. */
  void add(int count, String cause) {
    points += count;
    if (count > 0 && causes.size() < CAUSES) {
      causes.add(cause);
    }
  }

  int points() {
    return points;
  }

  /** Returns the first few reasons. */
  String causes() {
    return String.join("; ", causes);
  }
}
