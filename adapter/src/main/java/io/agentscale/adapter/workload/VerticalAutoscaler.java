// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.policy.TargetRef;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A VerticalPodAutoscaler, which changes what pods request.
 *
 * @param id which one
 * @param target whose pods it changes
 * @param updateMode {@code Off} for advice only
 * @param resources it changes
 */
public record VerticalAutoscaler(
    ObjectId id, TargetRef target, String updateMode, Set<String> resources) {
  private static final Set<String> DEFAULT_RESOURCES = Set.of("cpu", "memory");

  public VerticalAutoscaler {
    resources = Set.copyOf(resources);
  }

  /** Tells whether it changes pods, rather than only say what it would. */
  public boolean acts() {
    return !updateMode.equals("Off") && !resources.isEmpty();
  }

  /**
   * Reads an object of autoscaling.k8s.io.
   *
   * @param defaultNamespace where the object names none
   * @throws MalformedObjectException naming the field
   */
  public static VerticalAutoscaler read(JsonNode object, String defaultNamespace) {
    Fields fields = Fields.of(object);
    Fields spec = fields.section("spec");
    return new VerticalAutoscaler(
        fields.id(defaultNamespace),
        spec.target("targetRef"),
        spec.section("updatePolicy").text("updateMode").orElse("Auto"),
        resources(spec.section("resourcePolicy").items("containerPolicies")));
  }

  private static Set<String> resources(List<Fields> policies) {
    if (policies.isEmpty()) {
      return DEFAULT_RESOURCES;
    }
    Set<String> resources = new TreeSet<>();
    boolean everyContainer = false;
    for (Fields policy : policies) {
      everyContainer |= policy.text("containerName").filter("*"::equals).isPresent();
      if (policy.text("mode").filter("Off"::equals).isEmpty()) {
        List<Fields> controlled = policy.items("controlledResources");
        controlled.forEach(resource -> resources.add(resource.node().asText()));
        resources.addAll(controlled.isEmpty() ? DEFAULT_RESOURCES : Set.of());
      }
    }
    // Containers that no policy names are changed by default.
    resources.addAll(everyContainer ? Set.of() : DEFAULT_RESOURCES);
    return resources;
  }
}
