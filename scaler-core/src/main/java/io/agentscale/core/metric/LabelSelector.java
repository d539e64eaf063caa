// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.metric;

import java.util.List;
import java.util.Map;

/**
 * A Kubernetes label selector: requirements that must all hold. The empty selector matches
 * everything.
 *
 * @param requirements in the order written
 */
public record LabelSelector(List<LabelRequirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /**
   * Reads the text form used in URLs and by {@code kubectl -l}: {@code a=b,c in (d,e),!f}.
   *
   * @throws IllegalArgumentException with the API server's own wording
   */
  public static LabelSelector parse(String text) {
    return new LabelSelector(new LabelSelectorParser(text).parse());
  }

  /** Tells whether an object with these labels is selected. */
  public boolean matches(Map<String, String> labels) {
    for (LabelRequirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  public boolean isEmpty() {
    return requirements.isEmpty();
  }
}
