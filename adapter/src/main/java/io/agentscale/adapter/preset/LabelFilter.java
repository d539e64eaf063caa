// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.preset;

import java.util.List;
import java.util.Map;

/**
 * A condition on one label of a series: its value is one of those listed.
 *
 * @param label the label's name
 * @param values at least one; the empty value also stands for a missing label, as in PromQL
 */
public record LabelFilter(String label, List<String> values) {
  public LabelFilter {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: must name at least one for label " + label);
    }
  }

  static LabelFilter isOneOf(String label, String... values) {
    return new LabelFilter(label, List.of(values));
  }

  static LabelFilter isMissing(String label) {
    return isOneOf(label, "");
  }

  /** Tells whether a series with these labels passes. */
  public boolean matches(Map<String, String> labels) {
    return values.contains(labels.getOrDefault(label, ""));
  }

  SeriesMatcher matcher() {
    return SeriesMatcher.in(label, values);
  }
}
