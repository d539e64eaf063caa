// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.Actuator;
import io.agentscale.adapter.policy.DecisionRecord;
import io.agentscale.adapter.policy.PolicyCondition.Status;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyDefinition.Mode;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes policies' decisions to a cluster, as docs/actuation.md describes. One thread acts at a
 * time.
 *
 * <p>Whatever is changed is remembered on the changed object itself, so that it may be killed
 * between any two writes: the next one finds what there is to give back.
 */
public final class ClusterActuator implements Actuator {
  private final Holdings holdings;
  private final AutoscalerWriter writer;
  private final FloorKeeper floors;
  private final FirstReplica firstReplica;
  private final OwnScale ownScale;
  private final PodProtection protection;
  private final ScaleInGuard guard;
  private final Map<AutoscalerRef, Optional<AutoscalerRef>> makers = new ConcurrentHashMap<>();
  private final LongAdder actions = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * What was done so far.
   *
   * @param actions that changed anything
   * @param failures of parts of decisions that could not be carried out
   * @param heldAutoscalers autoscalers on which something is held, at present
   * @param protectedPods pods that carry a deletion cost for their runs, at present
   */
  public record Figures(long actions, long failures, int heldAutoscalers, int protectedPods) {}

  /**
   * Creates an actuator; nothing is asked yet.
   *
   * @param kinds knows the kinds of policies' targets
   * @param objects has the pods
   * @param runs in flight by pod
   */
  public ClusterActuator(ClusterApi api, ResourceMapper kinds, ObjectIndex objects, PodRuns runs) {
    Scales scales = new Scales(api, kinds);
    this.holdings = new Holdings(api);
    this.writer = new AutoscalerWriter(api);
    this.guard = new LongRunGuard(runs);
    this.firstReplica = new FirstReplica(scales, runs);
    this.floors = new FloorKeeper(writer, holdings, firstReplica::wake);
    this.ownScale = new OwnScale(api, scales, guard);
    this.protection = new PodProtection(api, objects, runs);
  }

  /** Returns the limit that the loop puts on decisions so that no long run is lost. */
  public ScaleInGuard guard() {
    return guard;
  }

  public Figures figures() {
    return new Figures(actions.sum(), failures.sum(), holdings.size(), protection.protectedPods());
  }

  /** Trusts the cluster alone from now on: the lease was won, and another may have written. */
  public void distrust() {
    floors.distrust();
    firstReplica.distrust();
    ownScale.distrust();
    makers.clear();
  }

  @Override
  public Outcome act(
      PolicyDefinition policy, TargetView target, DecisionRecord record, Instant now) {
    Report report = new Report(now);
    report.attempt(
        () -> {
          holdings.refresh(now);
          if (policy.mode() != Mode.ENFORCE) {
            giveBack(policy.key(), report);
            firstReplica.giveBack(policy, report);
            report.floorHeld(Status.FALSE, "NotEnforced", "the mode is " + policy.mode());
          } else if (target instanceof TargetView.Known known) {
            enforce(policy, known, record, now, report);
          } else if (target instanceof TargetView.Unknown(String cause)) {
            report.floorHeld(Status.UNKNOWN, "TargetUnknown", cause + "; what is held stays");
          }
        });
    if (policy.actuation() instanceof Actuation.ExactFloor) {
      report.floorUnknown();
    }
    return counted(report);
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.agentscale.adapter.cluster.ControlPlaneException if something could not be given
   *     back: it is to be tried again
   */
  @Override
  public Outcome release(PolicyDefinition policy, Instant now) {
    Report report = new Report(now);
    report.attempt(
        () -> {
          holdings.refresh(now);
          giveBack(policy.key(), report);
          if (policy.mode() == Mode.ENFORCE && ownsZero(policy)) {
            firstReplica.wake(policy, report);
          }
        });
    Outcome outcome = counted(report);
    report.throwFailure();
    ownScale.forget(policy.key());
    firstReplica.forget(policy.key());
    floors.forget(policy.key());
    return outcome;
  }

  /**
   * Gives back what policies hold that are no more, as they may have gone while nobody looked. To
   * be called now and then, but not before all policies there are were told of.
   *
   * @param existing all policies, refused ones included
   */
  public Outcome sweep(Set<PolicyKey> existing, Instant now) {
    Report report = new Report(now);
    report.attempt(
        () -> {
          holdings.refresh(now);
          Set<PolicyKey> gone = new TreeSet<>(holdings.policies());
          gone.addAll(protection.policies());
          gone.removeAll(existing);
          gone.forEach(policy -> giveBack(policy, report));
        });
    return counted(report);
  }

  private void enforce(
      PolicyDefinition policy,
      TargetView.Known target,
      DecisionRecord record,
      Instant now,
      Report report) {
    Owner owner = Owner.of(policy.key(), target, this::madeBy);
    switch (policy.actuation()) {
      case Actuation.OwnScale(var rule) -> {
        floors.giveBack(policy.key(), Optional.empty(), report);
        if (owner instanceof Owner.None) {
          report.attempt(() -> ownScale.act(policy, rule, target, record.decision(), now, report));
        } else {
          ownedByAnother(owner, report);
        }
      }
      case Actuation.ExactFloor _ -> holdFloor(policy, owner, record, now, report);
      case Actuation.Metric _ -> holdNothing(policy, owner, report);
    }
    policy
        .activation()
        .ifPresent(
            activation ->
                report.attempt(
                    () -> {
                      if (!report.isConflict() && mayCross(owner)) {
                        firstReplica.act(
                            policy,
                            activation,
                            target,
                            record.decision(),
                            marker(policy, owner, report),
                            now,
                            report);
                      }
                    }));
    report.attempt(
        () -> {
          if (policy.scaleIn().protectBusyPods()) {
            protection.act(policy, target, record.decision(), now, report);
          } else {
            protection.clean(policy.key(), report);
          }
        });
  }

  private void holdFloor(
      PolicyDefinition policy, Owner owner, DecisionRecord record, Instant now, Report report) {
    switch (owner) {
      case Owner.One(AutoscalerRef ref, var view) -> {
        floors.giveBack(policy.key(), Optional.of(ref), report);
        report.attempt(() -> floors.hold(policy, ref, view, record.decision(), now, report));
      }
      case Owner.Many(String sentence) -> {
        floors.giveBack(policy.key(), Optional.empty(), report);
        report.conflict("SeveralAutoscalers", sentence);
        report.floorHeld(Status.FALSE, "SeveralAutoscalers", sentence);
      }
      case Owner.None _ -> {
        floors.giveBack(policy.key(), Optional.empty(), report);
        String sentence =
            "no autoscaler is known to scale %s: ExactFloor needs one whose bounds can be held"
                .formatted(policy.target());
        report.floorHeld(Status.FALSE, "NoAutoscaler", sentence);
        report.warn(sentence);
      }
    }
  }

  private void holdNothing(PolicyDefinition policy, Owner owner, Report report) {
    report.floorHeld(Status.FALSE, "NotAsked", "actuation is Metric: the demand served does it");
    if (policy.activation().isPresent() && owner instanceof Owner.One(AutoscalerRef ref, _)) {
      floors.giveBack(policy.key(), Optional.of(ref), report);
      report.attempt(() -> floors.giveBoundsBack(policy, ref, report));
    } else {
      floors.giveBack(policy.key(), Optional.empty(), report);
    }
  }

  private void ownedByAnother(Owner owner, Report report) {
    String who =
        switch (owner) {
          case Owner.One(AutoscalerRef ref, _) -> ref + " scales the workload as well";
          case Owner.Many(String sentence) -> sentence;
          case Owner.None _ -> "nothing";
        };
    report.conflict("NotAlone", who + ": with actuation Scale it has to go");
    report.floorHeld(Status.FALSE, "NotAlone", who);
  }

  /** Where KEDA owns the autoscaler, the first replica is KEDA's affair. */
  private static boolean mayCross(Owner owner) {
    return switch (owner) {
      case Owner.None _ -> true;
      case Owner.One(AutoscalerRef ref, _) -> ref.kind() == AutoscalerKind.HPA;
      case Owner.Many _ -> false;
    };
  }

  /** The sleep is remembered on the autoscaler; a workload without one has nowhere to. */
  private FirstReplica.Marker marker(PolicyDefinition policy, Owner owner, Report report) {
    Optional<AutoscalerRef> ref =
        owner instanceof Owner.One(AutoscalerRef one, _) ? Optional.of(one) : Optional.empty();
    return new FirstReplica.Marker() {
      @Override
      public boolean mayBeAsleep() {
        return ref.isPresent() && floors.mayBeAsleep(policy, ref.get());
      }

      @Override
      public void asleep(boolean asleep) {
        ref.ifPresent(one -> floors.markAsleep(policy, one, asleep, report));
      }
    };
  }

  private void giveBack(PolicyKey policy, Report report) {
    floors.giveBack(policy, Optional.empty(), report);
    report.attempt(() -> protection.clean(policy, report));
  }

  private static boolean ownsZero(PolicyDefinition policy) {
    return policy.activation().isPresent() && policy.actuation() instanceof Actuation.OwnScale;
  }

  private Optional<AutoscalerRef> madeBy(AutoscalerRef ref) {
    return ref.kind() == AutoscalerKind.HPA
        ? makers.computeIfAbsent(ref, hpa -> writer.read(hpa).madeBy())
        : Optional.empty();
  }

  private Outcome counted(Report report) {
    actions.add(report.actions());
    failures.add(report.failures());
    return report.outcome();
  }
}
