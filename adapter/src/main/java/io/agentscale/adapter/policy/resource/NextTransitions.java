// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static java.util.stream.Collectors.joining;

import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.resource.ScalingPolicyStatus.NextTransition;
import io.agentscale.core.schedule.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the schedules of each policy change next. It is worked out once until it has come, since
 * looking for what is far away takes long. Not for several threads.
 */
final class NextTransitions {
  /** After that long without any in sight is looked again. */
  private static final Duration AGAIN = Duration.ofDays(1);

  private record Known(PolicyDefinition policy, Instant until, Optional<NextTransition> next) {}

  private final Map<PolicyKey, Known> known = new HashMap<>();

  /** Returns the next one after an instant; empty if no more comes in ten years. */
  Optional<NextTransition> after(Instant now, PolicyDefinition policy) {
    Known found = known.get(policy.key());
    if (found == null || !isSame(found.policy, policy) || !now.isBefore(found.until)) {
      found = find(policy, now);
      known.put(policy.key(), found);
    }
    return found.next;
  }

  void forget(PolicyKey key) {
    known.remove(key);
  }

  @SuppressWarnings("ReferenceEquality") // Another definition is another, whatever it says.
  private static boolean isSame(PolicyDefinition one, PolicyDefinition other) {
    return one == other;
  }

  private static Known find(PolicyDefinition policy, Instant now) {
    var plan = policy.settings().schedules();
    Optional<Transition> next =
        plan.schedules().isEmpty()
            ? Optional.empty()
            : plan.nextTransitions(1, now).stream().findFirst();
    return new Known(
        policy,
        next.map(Transition::at).orElse(now.plus(AGAIN)),
        next.map(NextTransitions::transition));
  }

  private static NextTransition transition(Transition transition) {
    return new NextTransition(
        StatusReport.time(transition.at()),
        transition.changes().stream().map(NextTransitions::change).collect(joining(", ")),
        transition.bounds().floor(),
        transition.bounds().ceiling());
  }

  private static String change(Transition.Change change) {
    String event = change.event().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return change.schedule() + ": " + event;
  }
}
