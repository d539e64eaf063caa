// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.core.metric.LabelSelector;
import java.util.Optional;

/**
 * A PodDisruptionBudget, which limits how many pods may be evicted at a time.
 *
 * @param id which one
 * @param selector of the pods; empty selects none
 * @param minAvailable a count or a percentage
 * @param maxUnavailable a count or a percentage
 */
public record DisruptionBudget(
    ObjectId id,
    Optional<LabelSelector> selector,
    Optional<String> minAvailable,
    Optional<String> maxUnavailable) {
  private static final double PERCENT = 100;

  /**
   * Reads an object of policy/v1.
   *
   * @param defaultNamespace where the object names none
   * @throws MalformedObjectException naming the field
   */
  public static DisruptionBudget read(JsonNode object, String defaultNamespace) {
    Fields fields = Fields.of(object);
    Fields spec = fields.section("spec");
    DisruptionBudget budget =
        new DisruptionBudget(
            fields.id(defaultNamespace),
            spec.selector("selector"),
            spec.text("minAvailable"),
            spec.text("maxUnavailable"));
    budget.minAvailable.ifPresent(text -> amount("spec.minAvailable", text, 1));
    budget.maxUnavailable.ifPresent(text -> amount("spec.maxUnavailable", text, 1));
    return budget;
  }

  /**
   * Returns how many of so many ready pods may be evicted: percentages round up, as the disruption
   * controller's do.
   */
  public int evictable(int pods) {
    if (maxUnavailable.isPresent()) {
      return Math.min(pods, amount("spec.maxUnavailable", maxUnavailable.get(), pods));
    }
    return minAvailable
        .map(text -> Math.max(0, pods - amount("spec.minAvailable", text, pods)))
        .orElse(pods);
  }

  private static int amount(String field, String text, int pods) {
    try {
      return text.endsWith("%")
          ? (int) Math.ceil(pods * Integer.parseInt(text.substring(0, text.length() - 1)) / PERCENT)
          : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new MalformedObjectException(
          field, "must be a count or a percentage such as 25%, was: " + text);
    }
  }
}
