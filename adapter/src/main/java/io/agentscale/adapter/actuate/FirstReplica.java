// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.actuate.Scales.Scale;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.Activation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.policy.PolicyDecision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives workloads their first replica and takes the last one away, which a HorizontalPodAutoscaler
 * does neither: at no replica it is switched off, and at one it goes on by itself.
 */
final class FirstReplica {
  private final Scales scales;
  private final PodRuns runs;
  private final Map<PolicyKey, Instant> idleSince = new ConcurrentHashMap<>();
  private final Set<PolicyKey> asleep = ConcurrentHashMap.newKeySet();

  /** Remembers where it can be found after a crash that a workload sleeps. */
  interface Marker {
    /** Tells whether it is, or may be, remembered. */
    boolean mayBeAsleep();

    void asleep(boolean asleep);
  }

  FirstReplica(Scales scales, PodRuns runs) {
    this.scales = scales;
    this.runs = runs;
  }

  void act(
      PolicyDefinition policy,
      Activation activation,
      TargetView.Known target,
      PolicyDecision decision,
      Marker marker,
      Instant now,
      Report report) {
    Crossing crossing =
        Crossing.of(
            activation,
            decision,
            target.replicas(),
            Optional.ofNullable(idleSince.get(policy.key())),
            inFlight(policy, target),
            now);
    crossing
        .idleSince()
        .ifPresentOrElse(
            since -> idleSince.put(policy.key(), since), () -> idleSince.remove(policy.key()));
    switch (crossing.move()) {
      case STAY -> {
        // What is watched may be older than the sleep, and the mark is what wakes it in the end.
        if (target.replicas() > 0 && marker.mayBeAsleep() && scale(policy).replicas() > 0) {
          marker.asleep(false);
        }
      }
      case WAKE -> {
        change(policy, 0, 1, crossing.because(), report);
        marker.asleep(false);
        asleep.remove(policy.key());
      }
      case SLEEP -> {
        if (Crossing.mayGo(decision, target.replicas(), target.autoscalers())) {
          marker.asleep(true);
          asleep.add(policy.key());
          change(policy, target.replicas(), 0, crossing.because(), report);
        }
      }
    }
  }

  /** Gives a workload a replica if it has none and still exists. */
  void wake(HeldObject autoscaler) {
    try {
      Scale scale = scales.read(autoscaler.ref().namespace(), autoscaler.target());
      if (scale.replicas() == 0) {
        scales.write(scale, 1);
      }
    } catch (ControlPlaneException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /**
   * Gives a policy's own workload a replica if the last one was taken away by us. It does so once:
   * whoever pauses a policy may want no replica.
   */
  void giveBack(PolicyDefinition policy, Report report) {
    if (asleep.contains(policy.key())) {
      wake(policy, report);
      asleep.remove(policy.key());
    }
  }

  /** Gives a policy's own workload a replica if it has none and still exists. */
  void wake(PolicyDefinition policy, Report report) {
    try {
      change(policy, 0, 1, "given back", report);
    } catch (ControlPlaneException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  void forget(PolicyKey policy) {
    idleSince.remove(policy);
    asleep.remove(policy);
  }

  void distrust() {
    idleSince.clear();
  }

  private void change(PolicyDefinition policy, int from, int to, String because, Report report) {
    Scale scale = scale(policy);
    if (scale.replicas() != from) {
      // What was watched is no longer so: decided anew on what is.
      return;
    }
    scales.write(scale, to);
    idleSince.remove(policy.key());
    report.action("replicas of %s: %d to %d (%s)".formatted(policy.target(), from, to, because));
  }

  private Scale scale(PolicyDefinition policy) {
    return scales.read(policy.key().namespace(), policy.target());
  }

  private Optional<String> inFlight(PolicyDefinition policy, TargetView.Known target) {
    return switch (runs.read(policy)) {
      case Reading.NotMeasured _ -> Optional.empty();
      case Reading.Unknown(String cause) -> Optional.of("runs in flight are not known: " + cause);
      case Reading.Measured(Map<String, Runs> pods) -> {
        if (pods.values().stream().anyMatch(pod -> pod.inFlight() > 0)) {
          yield Optional.of("runs are in flight");
        }
        yield pods.size() < target.readyReplicas()
            ? Optional.of("of some pods no runs are known")
            : Optional.empty();
      }
    };
  }
}
