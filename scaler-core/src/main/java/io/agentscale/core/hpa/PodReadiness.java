// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.PodGroup.Phase;
import io.agentscale.core.hpa.PodGroup.ReadyCondition;
import io.agentscale.core.hpa.PodGroup.ReadyCondition.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * Sorts pods by whether their sample may be used.
 *
 * @param settings hold the two periods that matter for CPU
 * @param cpu whether the metric is CPU, the only one whose start-up usage is set aside
 * @param now the time of the decision
 */
record PodReadiness(HpaSettings settings, boolean cpu, Instant now) {

  /** The groups pods are sorted into. */
  enum Standing {
    IGNORED,
    UNREADY,
    MISSING,
    READY
  }

  Standing of(PodGroup pod, PodSample sample, boolean present) {
    if (pod.deleted() || pod.phase() == Phase.FAILED) {
      return Standing.IGNORED;
    }
    if (pod.phase() == Phase.PENDING) {
      return Standing.UNREADY;
    }
    if (!present) {
      return Standing.MISSING;
    }
    return cpu && isUnreadyForCpu(pod, sample) ? Standing.UNREADY : Standing.READY;
  }

  private boolean isUnreadyForCpu(PodGroup pod, PodSample sample) {
    if (pod.ready().isEmpty() || pod.startTime().isEmpty()) {
      return true;
    }
    ReadyCondition ready = pod.ready().get();
    Instant start = pod.startTime().get();
    boolean young = start.plus(settings.cpuInitialization()).isAfter(now);
    if (young) {
      // A whole metric window must lie after the pod became ready.
      return ready.is(Status.FALSE) || startsBefore(sample, ready.since());
    }
    // Unready within the delay of its start: it never was ready.
    return ready.is(Status.FALSE)
        && start.plus(settings.initialReadinessDelay()).isAfter(ready.since());
  }

  private static boolean startsBefore(PodSample sample, Instant readySince) {
    return switch (sample) {
      case PodSample.Missing _ -> true;
      case PodSample.Value value -> startsBefore(value.at(), value.window(), readySince);
      case PodSample.ByContainer value -> startsBefore(value.at(), value.window(), readySince);
    };
  }

  private static boolean startsBefore(Instant at, Duration window, Instant readySince) {
    return at.isBefore(readySince.plus(window));
  }
}
