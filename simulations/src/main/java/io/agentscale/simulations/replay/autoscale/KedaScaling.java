// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A ScaledObject: KEDA wakes the workload from zero and lets it sleep again, an HPA scales between.
 *
 * <p>Each polling interval it looks whether the signal is above the activation threshold. If so,
 * and there is no replica, it asks for the HPA's minimum; if it has not been for the whole
 * cooldown, for none. The HPA rests while there is no replica.
 *
 * @param name in tables
 * @param hpa that KEDA keeps, with a minimum of at least 1
 * @param signal that activates
 * @param activationThreshold above which the workload is active
 * @param pollingInterval KEDA's default is 30 s
 * @param cooldown KEDA's default is 5 min
 */
public record KedaScaling(
    String name,
    HpaScaling hpa,
    Signal signal,
    double activationThreshold,
    Duration pollingInterval,
    Duration cooldown)
    implements Autoscaler {
  public static final Duration DEFAULT_POLLING_INTERVAL = Duration.ofSeconds(30);
  public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);

  public KedaScaling {
    if (hpa.spec().minReplicas() < 1) {
      throw new IllegalArgumentException(
          "hpa minReplicas: must be at least 1, since zero is KEDA's, was: "
              + hpa.spec().minReplicas());
    }
    if (!pollingInterval.isPositive() || cooldown.isNegative()) {
      throw new IllegalArgumentException(
          "pollingInterval, cooldown: must be above 0 and not negative, were: %s, %s"
              .formatted(pollingInterval, cooldown));
    }
  }

  @Override
  public Session begin(SessionContext context) {
    return new Running(this, hpa.begin(context));
  }

  /** KEDA's memory during a replay. */
  private static final class Running implements Session {
    private final KedaScaling scaling;
    private final Session hpa;
    private Optional<Instant> nextPoll = Optional.empty();
    private Optional<Instant> lastActive = Optional.empty();
    private String reason = "";

    Running(KedaScaling scaling, Session hpa) {
      this.scaling = scaling;
      this.hpa = hpa;
    }

    @Override
    public int decide(ClusterView view) {
      if (nextPoll.isEmpty() || !view.now().isBefore(nextPoll.get())) {
        nextPoll = Optional.of(view.now().plus(scaling.pollingInterval()));
        Optional<Integer> asked = poll(view);
        if (asked.isPresent()) {
          return asked.get();
        }
      }
      if (view.replicas() == 0) {
        reason = "asleep";
        return 0;
      }
      int replicas = hpa.decide(view);
      reason = hpa.reason();
      return replicas;
    }

    private Optional<Integer> poll(ClusterView view) {
      double value = view.load().map(load -> load.of(scaling.signal())).orElse(Double.NaN);
      if (Double.isNaN(value)) {
        // Not known to be idle: the cooldown starts again.
        lastActive = Optional.of(view.now());
        return Optional.empty();
      }
      if (value > scaling.activationThreshold()) {
        lastActive = Optional.of(view.now());
        if (view.replicas() == 0) {
          reason = "woken by " + scaling.signal().text() + " " + value;
          return Optional.of(scaling.hpa().spec().minReplicas());
        }
        return Optional.empty();
      }
      Instant since = lastActive.orElse(view.now());
      lastActive = Optional.of(since);
      if (view.replicas() > 0 && !view.now().isBefore(since.plus(scaling.cooldown()))) {
        reason = "idle since " + since;
        return Optional.of(0);
      }
      return Optional.empty();
    }

    @Override
    public boolean readsLatency() {
      return hpa.readsLatency() || scaling.signal() == Signal.LATENCY_P99_SECONDS;
    }

    @Override
    public String reason() {
      return reason;
    }
  }
}
