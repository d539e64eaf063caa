// SPDX-License-Identifier: Apache-2.0

package io.agentscale.simulations.replay.cluster;

import io.agentscale.simulations.workload.Distribution;
import java.time.Duration;

/**
 * The cluster pods run in, and its controllers' timing.
 *
 * @param initialReplicas ready at the start
 * @param startUp of pods
 * @param nodes they run on
 * @param terminationGrace how long a deleted pod may finish its runs; those left are killed
 * @param readinessLag from a pod's Ready to its first run
 * @param scaleIn which ready pods go first
 * @param metrics how late the load is seen
 * @param syncInterval how often autoscalers decide, in whole seconds
 * @param syncPhase when the first decision is made after the start, below the interval
 * @param restarts of the controllers
 */
public record Cluster(
    int initialReplicas,
    StartUp startUp,
    Nodes nodes,
    Duration terminationGrace,
    Duration readinessLag,
    ScaleIn scaleIn,
    MetricsLag metrics,
    Duration syncInterval,
    Duration syncPhase,
    Restarts restarts) {

  /** Which of several ready pods a smaller count removes first; pods not ready go before them. */
  public enum ScaleIn {
    /** Those created last, as the ReplicaSet controller does. */
    NEWEST,
    /** Those with the fewest runs, as with a pod-deletion-cost of the runs. */
    IDLEST
  }

  public Cluster {
    if (initialReplicas < 0) {
      throw new IllegalArgumentException(
          "initialReplicas: must be at least 0, was: " + initialReplicas);
    }
    if (terminationGrace.isNegative() || readinessLag.isNegative()) {
      throw new IllegalArgumentException(
          "terminationGrace, readinessLag: must not be negative, were: %s, %s"
              .formatted(terminationGrace, readinessLag));
    }
    if (!syncInterval.isPositive()
        || !syncInterval.equals(Duration.ofSeconds(syncInterval.toSeconds()))) {
      throw new IllegalArgumentException(
          "syncInterval: must be whole seconds above 0, was: " + syncInterval);
    }
    if (syncPhase.isNegative() || syncPhase.compareTo(syncInterval) >= 0) {
      throw new IllegalArgumentException(
          "syncPhase: must be at least 0 s and below %s, was: %s"
              .formatted(syncInterval, syncPhase));
    }
  }

  /**
   * Returns a cluster with room for every pod, a grace of 60 s, decisions every 15 s and metrics
   * scraped every 15 s with rates over 30 s.
   */
  public static Cluster of(int initialReplicas, Distribution createdToReady) {
    return new Cluster(
        initialReplicas,
        StartUp.of(createdToReady),
        Nodes.ENDLESS,
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        ScaleIn.NEWEST,
        MetricsLag.DEFAULT,
        Duration.ofSeconds(15),
        Duration.ofSeconds(7),
        Restarts.NONE);
  }

  public Cluster withStartUp(StartUp other) {
    return new Cluster(
        initialReplicas,
        other,
        nodes,
        terminationGrace,
        readinessLag,
        scaleIn,
        metrics,
        syncInterval,
        syncPhase,
        restarts);
  }

  public Cluster withNodes(Nodes other) {
    return new Cluster(
        initialReplicas,
        startUp,
        other,
        terminationGrace,
        readinessLag,
        scaleIn,
        metrics,
        syncInterval,
        syncPhase,
        restarts);
  }

  public Cluster withTerminationGrace(Duration other) {
    return new Cluster(
        initialReplicas,
        startUp,
        nodes,
        other,
        readinessLag,
        scaleIn,
        metrics,
        syncInterval,
        syncPhase,
        restarts);
  }

  public Cluster withScaleIn(ScaleIn other) {
    return new Cluster(
        initialReplicas,
        startUp,
        nodes,
        terminationGrace,
        readinessLag,
        other,
        metrics,
        syncInterval,
        syncPhase,
        restarts);
  }

  public Cluster withMetrics(MetricsLag other) {
    return new Cluster(
        initialReplicas,
        startUp,
        nodes,
        terminationGrace,
        readinessLag,
        scaleIn,
        other,
        syncInterval,
        syncPhase,
        restarts);
  }

  public Cluster withRestarts(Restarts other) {
    return new Cluster(
        initialReplicas,
        startUp,
        nodes,
        terminationGrace,
        readinessLag,
        scaleIn,
        metrics,
        syncInterval,
        syncPhase,
        other);
  }

  /** Returns the cluster as a replay finds it that begins so much later. */
  public Cluster begunAfter(Duration skipped) {
    return withMetrics(metrics.begunAfter(skipped)).withRestarts(restarts.begunAfter(skipped));
  }

  public Cluster withInitialReplicas(int other) {
    return new Cluster(
        other,
        startUp,
        nodes,
        terminationGrace,
        readinessLag,
        scaleIn,
        metrics,
        syncInterval,
        syncPhase,
        restarts);
  }
}
