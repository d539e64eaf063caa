// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Deployment, StatefulSet or ReplicaSet: what of it matters to whoever scales it.
 *
 * @param id which one
 * @param replicas asked for; empty where its manifest leaves them to others
 * @param selector of its pods; empty where its manifest has none
 * @param podLabels of its pod template
 * @param containers of its pod template
 * @param grace how long a pod that is to go may take over it
 */
public record Workload(
    ObjectId id,
    OptionalInt replicas,
    Optional<LabelSelector> selector,
    Map<String, String> podLabels,
    List<Container> containers,
    Duration grace) {
  private static final int DEFAULT_GRACE_SECONDS = 30;

  public Workload {
    podLabels = Map.copyOf(podLabels);
    containers = List.copyOf(containers);
  }

  /**
   * A container of a pod template.
   *
   * @param name of it
   * @param requests the resources it asks for, by name; a limit alone is a request too
   */
  public record Container(String name, Set<String> requests) {
    public Container {
      requests = Set.copyOf(requests);
    }
  }

  /**
   * Reads an object.
   *
   * @param defaultNamespace where the object names none
   * @throws MalformedObjectException naming the field
   */
  public static Workload read(JsonNode object, String defaultNamespace) {
    Fields fields = Fields.of(object);
    Fields spec = fields.section("spec");
    Fields template = spec.section("template");
    Fields podSpec = template.section("spec");
    return new Workload(
        fields.id(defaultNamespace),
        spec.count("replicas"),
        spec.selector("selector"),
        template.section("metadata").texts("labels"),
        podSpec.items("containers").stream().map(Workload::container).toList(),
        Duration.ofSeconds(
            podSpec.count("terminationGracePeriodSeconds").orElse(DEFAULT_GRACE_SECONDS)));
  }

  private static Container container(Fields container) {
    Fields resources = container.section("resources");
    Set<String> requests =
        Stream.of("requests", "limits")
            .flatMap(name -> resources.texts(name).keySet().stream())
            .collect(Collectors.toUnmodifiableSet());
    return new Container(container.text("name").orElse(""), requests);
  }
}
