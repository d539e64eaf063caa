// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.ScaleInGuard;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.core.schedule.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one replica for every pod with a run as old as the policy's {@code longRun}. Where no
 * metric tells the age of runs, each counts as long; while nothing is known, all replicas are kept.
 *
 * @param runs where runs in flight are read
 */
public record LongRunGuard(PodRuns runs) implements ScaleInGuard {

  @Override
  public Optional<Least> least(PolicyDefinition policy, TargetView.Known target, Instant now) {
    if (!policy.scaleIn().protectBusyPods()) {
      return Optional.empty();
    }
    return switch (runs.read(policy)) {
      case Reading.NotMeasured _ -> Optional.empty();
      case Reading.Unknown(String cause) ->
          Optional.of(new Least(target.replicas(), "runs in flight are not known: " + cause));
      case Reading.Measured(Map<String, Runs> pods) ->
          least(pods, policy.scaleIn().longRun(), target);
    };
  }

  private static Optional<Least> least(
      Map<String, Runs> pods, Duration longRun, TargetView.Known target) {
    long busy = pods.values().stream().filter(pod -> isLong(pod, longRun)).count();
    long unknown = Math.max(0, (long) target.readyReplicas() - pods.size());
    if (busy + unknown == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Least(
            (int) Math.min(target.replicas(), busy + unknown),
            "%d pods have runs of %s or longer%s"
                .formatted(
                    busy,
                    Spans.text(longRun),
                    unknown == 0 ? "" : ", of " + unknown + " nothing is known")));
  }

  private static boolean isLong(Runs pod, Duration longRun) {
    return pod.inFlight() > 0 && pod.oldest().map(age -> age.compareTo(longRun) >= 0).orElse(true);
  }
}
