// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import io.agentscale.adapter.actuate.PodRuns.Reading;
import io.agentscale.adapter.actuate.PodRuns.Runs;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.TargetView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Keeps one replica for every pod with a run as old as the policy's {@code longRun}. Where no metric
 * tells the age of runs, each counts as long; while nothing is known, all replicas are kept.
 *
 * @param runs where runs in flight are read
 */
public record LongRunGuard(PodRuns runs) implements ScaleInGuard {

  @Override
  public Least least(PolicyDefinition policy, TargetView.Known target, Instant now) {
    if (!policy.scaleIn().protectBusyPods()) {
      return new Least(0, "busy pods are not protected");
    }
    return switch (runs.read(policy)) {
      case Reading.NotMeasured(String cause) -> new Least(0, "runs are not measured: " + cause);
      case Reading.Unknown(String cause) ->
          new Least(target.replicas(), "runs in flight are not known: " + cause);
      case Reading.Measured(Map<String, Runs> pods) -> {
        Duration longRun = policy.scaleIn().longRun();
        long busy = pods.values().stream().filter(pod -> isLong(pod, longRun)).count();
        long unknown = Math.max(0, (long) target.readyReplicas() - pods.size());
        yield new Least(
            (int) Math.min(target.replicas(), busy + unknown),
            "%d pods have runs of %s or longer%s"
                .formatted(
                    busy, longRun, unknown == 0 ? "" : ", of " + unknown + " nothing is known"));
      }
    };
  }

  static boolean isLong(Runs pod, Duration longRun) {
    return pod.inFlight() > 0 && pod.oldest().map(age -> age.compareTo(longRun) >= 0).orElse(true);
  }
}
