// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.Keepsake.UnreadableException;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.AutoscalerView;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.core.policy.PolicyDecision;
import io.agentscale.core.schedule.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Holds the bounds of autoscalers where decisions want them, and gives them back.
 *
 * <p>An autoscaler that was found as wanted, and still is by what is watched of it, is neither read
 * nor written again.
 */
final class FloorKeeper {
  /** A write refused because somebody was faster is tried again on what they wrote. */
  private static final int ATTEMPTS = 3;

  private final AutoscalerWriter writer;
  private final Holdings holdings;
  private final Standoffs standoffs = new Standoffs();
  private final Consumer<HeldObject> wake;
  private final Map<PolicyKey, Found> found = new ConcurrentHashMap<>();

  /**
   * Creates a keeper.
   *
   * @param wake gives the workload of an autoscaler its first replica back, if it has none
   */
  FloorKeeper(AutoscalerWriter writer, Holdings holdings, Consumer<HeldObject> wake) {
    this.writer = writer;
    this.holdings = holdings;
    this.wake = wake;
  }

  /** Holds the decided bounds on an autoscaler. */
  void hold(
      PolicyDefinition policy,
      AutoscalerRef ref,
      AutoscalerView view,
      PolicyDecision decision,
      Instant now,
      Report report) {
    Optional<String> standoff = standoffs.of(policy, now);
    if (standoff.isPresent()) {
      conflict("AnotherWriter", standoff.get(), report);
      return;
    }
    DecidedBounds decided = DecidedBounds.of(baseline(policy), decision);
    Found known = found.get(policy.key());
    if (known != null && known.isStill(ref, view)) {
      BoundsToHold bounds = known.bounds(decided);
      if (bounds.held().equals(known.held())) {
        tell(known, bounds, decided, report);
        return;
      }
    }
    settle(policy, ref, (object, keepsake) -> hold(policy, object, keepsake, decided, now, report));
  }

  /** Remembers on an autoscaler that its workload has no replica because of the policy, or not. */
  void markAsleep(PolicyDefinition policy, AutoscalerRef ref, boolean asleep, Report report) {
    boolean isUnmarked = !holdings.of(policy.key()).contains(ref);
    if ((!asleep && isUnmarked) || isMarked(policy, ref, asleep)) {
      return;
    }
    settle(
        policy,
        ref,
        (object, keepsake) -> {
          if (keepsake.isPresent() && !keepsake.get().isOf(policy.key())) {
            heldByAnother(keepsake.get(), ref, report);
            return;
          }
          if (keepsake.map(Keepsake::asleep).orElse(false) != asleep) {
            UserValues user = UserValues.of(object, keepsake, baseline(policy));
            List<Instant> overwritten = keepsake.map(Keepsake::overwritten).orElse(List.of());
            Map<Bound, Integer> held = Found.held(keepsake);
            held.keySet()
                .removeIf(bound -> !object.value(bound).equals(Found.ours(keepsake, bound)));
            Holding next =
                new Holding(
                    policy.key().name(), policy.uid(), user.values(), held, asleep, overwritten);
            var _ = write(policy, object, keepsake, next);
          }
        });
  }

  boolean mayBeAsleep(PolicyDefinition policy, AutoscalerRef ref) {
    return holdings.of(policy.key()).contains(ref) && !isMarked(policy, ref, false);
  }

  private boolean isMarked(PolicyDefinition policy, AutoscalerRef ref, boolean asleep) {
    Found known = found.get(policy.key());
    return known != null
        && known.ref().equals(ref)
        && known.keepsake().map(Keepsake::asleep).orElse(false) == asleep;
  }

  /** Gives the bounds of an autoscaler back, but not what is remembered of its workload's sleep. */
  void giveBoundsBack(PolicyDefinition policy, AutoscalerRef ref, Report report) {
    Found known = found.get(policy.key());
    boolean isBack = known != null && known.ref().equals(ref) && known.held().isEmpty();
    if (isBack || !holdings.of(policy.key()).contains(ref)) {
      return;
    }
    settle(
        policy,
        ref,
        (object, keepsake) -> {
          if (keepsake.isEmpty() || !keepsake.get().isOf(policy.key())) {
            holdings.remove(policy.key(), ref);
            return;
          }
          Map<Bound, OptionalInt> user = UserValues.of(object, keepsake.get()).values();
          Holding next = Holding.nothing(keepsake.get(), user).asleep(keepsake.get().asleep());
          var _ = write(policy, object, keepsake, next);
          tellGivenBack(object, keepsake.get(), user, report);
        });
  }

  /** Gives back what a policy holds, except on one autoscaler. */
  void giveBack(PolicyKey policy, Optional<AutoscalerRef> except, Report report) {
    for (AutoscalerRef ref : holdings.of(policy)) {
      if (except.isEmpty() || !except.get().equals(ref)) {
        report.attempt(() -> giveBack(policy, ref, report));
      }
    }
  }

  /** Gives back what one autoscaler's policy holds on it. */
  private void giveBack(PolicyKey policy, AutoscalerRef ref, Report report) {
    Found known = found.get(policy);
    if (known != null && known.ref().equals(ref)) {
      found.remove(policy);
    }
    boolean gone =
        !attempt(
            ref,
            (object, keepsake) -> {
              if (keepsake.isEmpty() || !keepsake.get().isOf(policy)) {
                return;
              }
              if (keepsake.get().asleep()) {
                wake.accept(object);
              }
              Map<Bound, OptionalInt> user = UserValues.of(object, keepsake.get()).values();
              var _ = writer.write(object, keepsake, Holding.nothing(keepsake.get(), user));
              tellGivenBack(object, keepsake.get(), user, report);
            });
    holdings.remove(policy, ref);
    if (gone) {
      report.action(ref + " is gone, and what was held on it with it");
    }
  }

  /** Forgets all that was found, as another process may have written meanwhile. */
  void distrust() {
    found.clear();
    holdings.distrust();
  }

  void forget(PolicyKey policy) {
    found.remove(policy);
    standoffs.forget(policy);
  }

  private void hold(
      PolicyDefinition policy,
      HeldObject object,
      Optional<Keepsake> keepsake,
      DecidedBounds decided,
      Instant now,
      Report report) {
    if (keepsake.isPresent() && !keepsake.get().isOf(policy.key())) {
      heldByAnother(keepsake.get(), object.ref(), report);
      return;
    }
    UserValues user = UserValues.of(object, keepsake, baseline(policy));
    user.lost().ifPresent(report::warn);
    List<Instant> overwritten = keepsake.map(Keepsake::overwritten).orElse(List.of());
    if (user.overwritten().isPresent()) {
      overwritten = Standoffs.recent(overwritten, now);
      if (overwritten.size() >= Standoffs.OVERWRITES) {
        giveWay(policy, object, keepsake.orElseThrow(), user, now, report);
        return;
      }
      report.action(user.overwritten().get() + ": taken for the user's value from now on");
    }
    BoundsToHold bounds =
        BoundsToHold.of(
            decided, object.ref().kind(), user.values(), Found.ours(keepsake, Bound.MIN));
    boolean asleep = keepsake.map(Keepsake::asleep).orElse(false);
    Holding next =
        new Holding(
            policy.key().name(),
            policy.uid(),
            user.values(),
            bounds.held(),
            asleep,
            bounds.held().isEmpty() ? List.of() : overwritten);
    Found after = write(policy, object, keepsake, next);
    for (Bound bound : Bound.values()) {
      if (!object.value(bound).equals(next.wanted(bound))) {
        report.action(changed(object, bound, next.wanted(bound), decided.because()));
      }
    }
    tell(after, bounds, decided, report);
  }

  private void giveWay(
      PolicyDefinition policy,
      HeldObject object,
      Keepsake keepsake,
      UserValues user,
      Instant now,
      Report report) {
    if (keepsake.asleep()) {
      wake.accept(object);
    }
    var _ = write(policy, object, Optional.of(keepsake), Holding.nothing(keepsake, user.values()));
    String sentence =
        "%s, as %d times within %d minutes: given back, and nothing is held"
            .formatted(
                user.overwritten().orElseThrow(),
                Standoffs.OVERWRITES,
                Standoffs.WINDOW.toMinutes());
    standoffs.begin(policy, sentence, now);
    report.action(sentence);
    conflict("AnotherWriter", sentence, report);
  }

  private Found write(
      PolicyDefinition policy, HeldObject object, Optional<Keepsake> before, Holding next) {
    // Before it is written: should its answer get lost, it is to be found and read again.
    holdings.add(policy.key(), object.ref());
    found.remove(policy.key());
    HeldObject after = writer.write(object, before, next);
    if (next.isEmpty()) {
      holdings.remove(policy.key(), object.ref());
    }
    Found now = Found.of(after, next);
    found.put(policy.key(), now);
    return now;
  }

  /** What is done with an autoscaler and what is remembered on it. */
  private interface Work {
    void on(HeldObject object, Optional<Keepsake> keepsake) throws UnreadableException;
  }

  private void settle(PolicyDefinition policy, AutoscalerRef ref, Work work) {
    if (!attempt(ref, work)) {
      found.remove(policy.key());
      holdings.remove(policy.key(), ref);
      throw new ControlPlaneException(404, ref + " is gone");
    }
  }

  /** Reads and works; once more if somebody was faster. Returns false if the object is gone. */
  private boolean attempt(AutoscalerRef ref, Work work) {
    for (int left = ATTEMPTS - 1; ; left--) {
      try {
        HeldObject object = writer.read(ref);
        work.on(object, object.keepsake());
        return true;
      } catch (UnreadableException e) {
        throw new ControlPlaneException(
            422, ref + ": " + e.getMessage() + "; left alone until it is mended or removed");
      } catch (ControlPlaneException e) {
        if (e.isNotFound()) {
          return false;
        }
        if (!e.isConflict() || left == 0) {
          throw e;
        }
      }
    }
  }

  private static Baseline baseline(PolicyDefinition policy) {
    return policy.settings().schedules().baseline();
  }

  private static String changed(HeldObject object, Bound bound, OptionalInt to, String because) {
    return "%s of %s: %s to %s (%s)"
        .formatted(
            object.ref().kind().field(bound),
            object.ref(),
            UserValues.text(object.value(bound)),
            UserValues.text(to),
            because);
  }

  private static void tell(Found known, BoundsToHold bounds, DecidedBounds decided, Report report) {
    bounds.limited().ifPresent(report::warn);
    if (bounds.held().isEmpty()) {
      report.floorHeld(
          Status.FALSE,
          "NotNeeded",
          "the user's bounds of %s are enough: %s".formatted(known.ref(), decided.because()));
      return;
    }
    StringBuilder message = new StringBuilder();
    bounds
        .held()
        .forEach(
            (bound, value) ->
                message
                    .append(known.ref().kind().field(bound))
                    .append(' ')
                    .append(value)
                    .append(" instead of the user's ")
                    .append(UserValues.text(known.user().getOrDefault(bound, OptionalInt.empty())))
                    .append(", "));
    report.floorHeld(Status.TRUE, "Held", message + "on " + known.ref() + ": " + decided.because());
  }

  private static void tellGivenBack(
      HeldObject object, Keepsake keepsake, Map<Bound, OptionalInt> user, Report report) {
    for (Bound bound : Bound.values()) {
      OptionalInt value = user.getOrDefault(bound, OptionalInt.empty());
      if (keepsake.bound(bound).isPresent()) {
        report.action(changed(object, bound, value, "given back"));
      }
    }
  }

  private static void heldByAnother(Keepsake keepsake, AutoscalerRef ref, Report report) {
    conflict(
        "AnotherPolicy",
        "%s is held by the policy %s: a workload is to have one policy"
            .formatted(ref, keepsake.policy()),
        report);
  }

  private static void conflict(String reason, String sentence, Report report) {
    report.conflict(reason, sentence);
    report.floorHeld(Status.FALSE, reason, sentence);
  }
}
