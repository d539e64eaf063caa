// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Averages demand over a long and a short window and panics when the short one jumps: the rule of
 * Knative's pod autoscaler (its {@code docs/scaling/SYSTEM.md}).
 *
 * <p>Each window asks for {@code ceil(average / targetPerReplica)}, held between {@code ready /
 * maxScaleDownRate} and {@code ready * maxScaleUpRate}. When the short window alone asks for {@code
 * panicThreshold} times the ready replicas, panic begins: the larger of both windows counts and the
 * count never falls, until a whole stable window has passed without such a jump.
 *
 * @param targetPerReplica demand one replica should carry
 * @param stableWindow the long window (Knative: 60 s)
 * @param panicWindow the short window (Knative: a tenth of it)
 * @param panicThreshold ratio to the ready replicas at which panic begins (Knative: 2)
 * @param maxScaleUpRate largest growth in one step (Knative: 1000)
 * @param maxScaleDownRate largest shrinking in one step (Knative: 2)
 * @param bounds the fewest and the most replicas
 */
public record StableAndPanicWindows(
    double targetPerReplica,
    Duration stableWindow,
    Duration panicWindow,
    double panicThreshold,
    double maxScaleUpRate,
    double maxScaleDownRate,
    ReplicaBounds bounds)
    implements Recommender<StableAndPanicWindows.Windows> {

  /**
   * Demand seen during the stable window, and the panic that is under way.
   *
   * @param seen oldest first
   * @param panicSince when the last jump was seen; empty when calm
   * @param panicReplicas the most replicas recommended during the panic
   */
  public record Windows(List<Seen> seen, Optional<Instant> panicSince, int panicReplicas) {
    public Windows {
      seen = List.copyOf(seen);
    }
  }

  /** Demand at a moment. */
  public record Seen(Instant at, double demand) {}

  public StableAndPanicWindows {
    Positive.require("targetPerReplica", targetPerReplica);
    Positive.require("panicWindow", panicWindow);
    if (stableWindow.compareTo(panicWindow) < 0) {
      throw new IllegalArgumentException(
          "stableWindow: must be at least panicWindow " + panicWindow + ", was: " + stableWindow);
    }
    if (!(panicThreshold > 1 && maxScaleUpRate > 1 && maxScaleDownRate > 1)) {
      throw new IllegalArgumentException(
          "panicThreshold, maxScaleUpRate, maxScaleDownRate: must be greater than 1, were: "
              + panicThreshold
              + ", "
              + maxScaleUpRate
              + ", "
              + maxScaleDownRate);
    }
  }

  /** Returns Knative's defaults for a target. */
  public static StableAndPanicWindows withTarget(double targetPerReplica, ReplicaBounds bounds) {
    return new StableAndPanicWindows(
        targetPerReplica, Duration.ofMinutes(1), Duration.ofSeconds(6), 2, 1000, 2, bounds);
  }

  @Override
  public Windows initialState() {
    return new Windows(List.of(), Optional.empty(), 0);
  }

  @Override
  public Recommendation<Windows> recommend(Windows state, Load load, Instant now) {
    if (load.demand().isEmpty()) {
      return new Recommendation<>(
          bounds.clamp(load.replicas()), state, "demand unknown: replicas held");
    }
    List<Seen> seen = within(stableWindow, state.seen(), now);
    seen.add(new Seen(now, load.demand().getAsDouble()));
    double ready = Math.max(1, load.readyReplicas());
    double stableAverage = average(seen);
    double panicAverage = average(within(panicWindow, seen, now));
    int stable = held(stableAverage, ready);
    int panic = held(panicAverage, ready);
    boolean jump =
        ReplicaBounds.replicasFor(panicAverage, targetPerReplica) / ready >= panicThreshold;
    Optional<Instant> since = panicSince(state, jump, now);
    String figures =
        "stable average "
            + stableAverage
            + " asks for "
            + stable
            + ", panic average "
            + panicAverage
            + " for "
            + panic;
    if (since.isEmpty()) {
      return new Recommendation<>(bounds.clamp(stable), new Windows(seen, since, 0), figures);
    }
    int most = Math.max(Math.max(stable, panic), state.panicReplicas());
    return new Recommendation<>(
        bounds.clamp(most),
        new Windows(seen, since, most),
        figures + ", in panic since " + since.get());
  }

  private int held(double average, double ready) {
    double most = Math.ceil(maxScaleUpRate * ready);
    double least = Math.floor(ready / maxScaleDownRate);
    double wanted = ReplicaBounds.replicasFor(average, targetPerReplica);
    return (int) Math.min(Math.max(wanted, least), most);
  }

  private Optional<Instant> panicSince(Windows state, boolean jump, Instant now) {
    if (jump) {
      return Optional.of(now);
    }
    return state.panicSince().filter(since -> !since.plus(stableWindow).isBefore(now));
  }

  private static List<Seen> within(Duration window, List<Seen> seen, Instant now) {
    Instant oldest = now.minus(window);
    List<Seen> kept = new ArrayList<>(seen.size() + 1);
    for (Seen one : seen) {
      if (one.at().isAfter(oldest)) {
        kept.add(one);
      }
    }
    return kept;
  }

  private static double average(List<Seen> seen) {
    double sum = 0;
    for (Seen one : seen) {
      sum += one.demand();
    }
    return sum / seen.size();
  }
}
