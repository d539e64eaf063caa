// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import io.agentscale.adapter.actuate.PodRuns;
import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.cluster.ObjectIndex;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.policy.Actuation;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.TargetView;
import io.agentscale.adapter.preset.Preset;
import io.agentscale.adapter.preset.PresetReadings;
import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The runs in flight on the pods of policies' targets, as the preset {@code agent-concurrency}
 * tells them: read with every demand, and remembered until the next. How old runs are it does not
 * tell.
 */
public final class PodConcurrency implements PodRuns {
  /** A target whose pods told nothing for so long will not tell. */
  private static final Duration SILENT = Duration.ofMinutes(2);

  /** Four decisions; older runs are not known any more. */
  private static final Duration HOLD = Duration.ofMinutes(1);

  private final Supplier<PresetReadings> readings;
  private final ResourceKind pods;
  private final ObjectIndex objects;
  private final InstantSource clock;
  private final Map<PolicyKey, Known> known = new ConcurrentHashMap<>();

  /**
   * What was read last.
   *
   * @param asked when it was first asked for
   * @param spoke whether any pod has ever told its runs
   */
  private record Known(Reading reading, Instant at, Instant asked, boolean spoke) {}

  /**
   * @param readings of presets, those of the configuration in use
   * @param pods the kind
   * @param objects knows which pods there are
   */
  public PodConcurrency(
      Supplier<PresetReadings> readings,
      ResourceKind pods,
      ObjectIndex objects,
      InstantSource clock) {
    this.readings = readings;
    this.pods = pods;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Reading read(PolicyDefinition policy) {
    Known last = known.get(policy.key());
    if (last == null) {
      return new Reading.Unknown("not read yet");
    }
    Instant now = clock.instant();
    return last.at.plus(HOLD).isBefore(now) || last.at.isAfter(now.plus(HOLD))
        ? new Reading.Unknown("last read at " + last.at)
        : last.reading;
  }

  /** Tells whether a policy's actuation looks at runs at all. */
  static boolean matterTo(PolicyDefinition policy) {
    return policy.scaleIn().protectBusyPods()
        || policy.activation().isPresent()
        || policy.actuation() instanceof Actuation.OwnScale;
  }

  /** Reads the runs again; the stage ends when they are known, or not, and never fails. */
  CompletionStage<Void> refresh(PolicyDefinition policy, TargetView.Known target) {
    if (!matterTo(policy)) {
      return CompletableFuture.completedStage(null);
    }
    return ask(policy.key().namespace())
        .<Void>handle(
            (read, failure) -> {
              remember(policy.key(), target, Optional.ofNullable(read), failure);
              return null;
            });
  }

  /** Forgets a policy that is gone. */
  void forget(PolicyKey policy) {
    known.remove(policy);
  }

  private CompletionStage<Map<String, io.agentscale.adapter.sample.Reading>> ask(String namespace) {
    try {
      return readings
          .get()
          .inNamespace(Preset.AGENT_CONCURRENCY, namespace, LabelSelector.EVERYTHING);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void remember(
      PolicyKey policy,
      TargetView.Known target,
      Optional<Map<String, io.agentscale.adapter.sample.Reading>> read,
      Throwable failure) {
    Instant now = clock.instant();
    Known before = known.get(policy);
    Instant asked = before == null ? now : before.asked;
    boolean spoke = before != null && before.spoke;
    if (read.isEmpty()) {
      String cause = String.valueOf(StageFailure.cause(failure).getMessage());
      known.put(policy, new Known(new Reading.Unknown(cause), now, asked, spoke));
      return;
    }
    List<ClusterObject> own = objects.select(pods, Optional.of(policy.namespace()), target.pods());
    Map<String, Runs> runs = new HashMap<>();
    for (ClusterObject pod : own) {
      if (read.get().get(pod.name()) instanceof io.agentscale.adapter.sample.Reading.Value value) {
        runs.put(pod.name(), new Runs((long) Math.ceil(value.value()), Optional.empty()));
      }
    }
    boolean speaks = spoke || !runs.isEmpty();
    boolean isMute = !speaks && target.readyReplicas() > 0 && asked.plus(SILENT).isBefore(now);
    Reading reading =
        isMute
            ? new Reading.NotMeasured("no pod tells agent-concurrency")
            : new Reading.Measured(runs);
    known.put(policy, new Known(reading, now, asked, speaks));
  }
}
