// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetRef;
import io.agentscale.adapter.workload.Autoscaler;
import io.agentscale.adapter.workload.DisruptionBudget;
import io.agentscale.adapter.workload.HpaManifest;
import io.agentscale.adapter.workload.ObjectId;
import io.agentscale.adapter.workload.ScaledObjectManifest;
import io.agentscale.adapter.workload.Surroundings;
import io.agentscale.adapter.workload.VerticalAutoscaler;
import io.agentscale.adapter.workload.Workload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects read together, by what they are about. */
final class ObjectSet {
  private final Map<ObjectId, Workload> workloads = new LinkedHashMap<>();
  private final Map<ObjectId, Autoscaler> autoscalers = new LinkedHashMap<>();
  private final Map<ObjectId, DisruptionBudget> budgets = new LinkedHashMap<>();
  private final Map<ObjectId, VerticalAutoscaler> verticals = new LinkedHashMap<>();
  private final Map<ObjectId, PolicyDefinition> policies = new LinkedHashMap<>();

  /** A workload as references name it. */
  private record Named(String namespace, String kind, String name) {
    static Named of(String namespace, TargetRef target) {
      return new Named(namespace, target.kind(), target.name());
    }
  }

  /**
   * Adds an object unless one of its name is there, or its kind is of no interest.
   *
   * @return which object it is; empty if its kind is of no interest
   * @throws io.agentscale.adapter.workload.MalformedObjectException naming the field
   */
  Optional<ObjectId> add(JsonNode object, String namespace) {
    return switch (group(object) + "/" + object.path("kind").asText()) {
      case "apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet" -> {
        Workload workload = Workload.read(object, namespace);
        yield put(workloads, workload.id(), workload);
      }
      case "autoscaling/HorizontalPodAutoscaler" -> {
        Autoscaler autoscaler = HpaManifest.read(object, namespace);
        yield put(autoscalers, autoscaler.id(), autoscaler);
      }
      case "keda.sh/ScaledObject" -> {
        Autoscaler autoscaler = ScaledObjectManifest.read(object, namespace);
        yield put(autoscalers, autoscaler.id(), autoscaler);
      }
      case "policy/PodDisruptionBudget" -> {
        DisruptionBudget budget = DisruptionBudget.read(object, namespace);
        yield put(budgets, budget.id(), budget);
      }
      case "autoscaling.k8s.io/VerticalPodAutoscaler" -> {
        VerticalAutoscaler vertical = VerticalAutoscaler.read(object, namespace);
        yield put(verticals, vertical.id(), vertical);
      }
      default -> Optional.empty();
    };
  }

  void add(PolicyDefinition policy) {
    policies.putIfAbsent(
        new ObjectId("ScalingPolicy", policy.key().namespace(), policy.key().name()), policy);
  }

  private static <T> Optional<ObjectId> put(Map<ObjectId, T> kind, ObjectId id, T object) {
    kind.putIfAbsent(id, object);
    return Optional.of(id);
  }

  private static String group(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** Returns each workload that is there or referred to, with what acts on it. */
  List<Surroundings> surroundings(Instant now) {
    Set<Named> all = new LinkedHashSet<>();
    workloads.keySet().forEach(id -> all.add(new Named(id.namespace(), id.kind(), id.name())));
    policies.values().forEach(p -> all.add(Named.of(p.key().namespace(), p.target())));
    autoscalers.values().forEach(a -> all.add(Named.of(a.id().namespace(), a.target())));
    return all.stream().map(target -> surroundings(target, now)).toList();
  }

  private Surroundings surroundings(Named target, Instant now) {
    return new Surroundings(
        target.namespace,
        new TargetRef("apps/v1", target.kind, target.name),
        Optional.ofNullable(
            workloads.get(new ObjectId(target.kind, target.namespace, target.name))),
        policies.values().stream()
            .filter(p -> Named.of(p.key().namespace(), p.target()).equals(target))
            .toList(),
        autoscalers.values().stream()
            .filter(a -> Named.of(a.id().namespace(), a.target()).equals(target))
            .toList(),
        List.copyOf(budgets.values()),
        verticals.values().stream()
            .filter(v -> Named.of(v.id().namespace(), v.target()).equals(target))
            .toList(),
        Optional.empty(),
        now);
  }
}
