// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What else scales a policy's target. */
sealed interface Owner {

  /** Nothing does. */
  record None() implements Owner {}

  /** One autoscaler does, and its bounds are there to be held. */
  record One(AutoscalerRef ref, AutoscalerView view) implements Owner {}

  /** Several do, against each other. */
  record Many(String sentence) implements Owner {}

  /** Tells who made a HorizontalPodAutoscaler, where another autoscaler did. */
  interface Makers {
    Optional<AutoscalerRef> madeBy(AutoscalerRef hpa);
  }

  /** Looks at what is known of a target; the HPA that KEDA made for a ScaledObject is no second. */
  static Owner of(PolicyKey policy, TargetView.Known target, Makers makers) {
    List<One> owners = new ArrayList<>();
    for (AutoscalerView view : target.autoscalers()) {
      AutoscalerKind.of(view.kind())
          .ifPresent(
              kind -> {
                AutoscalerRef ref = new AutoscalerRef(kind, policy.namespace(), view.name());
                owners.add(new One(makers.madeBy(ref).orElse(ref), view));
              });
    }
    List<One> distinct = new ArrayList<>();
    for (One owner : owners) {
      boolean isKnown = distinct.stream().anyMatch(other -> other.ref().equals(owner.ref()));
      if (!isKnown) {
        distinct.add(own(owner, owners));
      }
    }
    return switch (distinct.size()) {
      case 0 -> new None();
      case 1 -> distinct.getFirst();
      default ->
          new Many(
              distinct.stream().map(one -> one.ref().toString()).collect(Collectors.joining(", "))
                  + " scale the same workload: keep one");
    };
  }

  /** Prefers what an autoscaler says of itself to what the one it made says. */
  private static One own(One owner, List<One> owners) {
    return owners.stream()
        .filter(
            other ->
                other.ref().equals(owner.ref())
                    && other.view().kind().equals(other.ref().kind().kind()))
        .findFirst()
        .orElse(owner);
  }
}
