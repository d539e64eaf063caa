// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.metric.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods that are alike in everything a decision looks at; mostly one, but a simulation may let one
 * group stand for a thousand.
 *
 * @param name of the first, for messages
 * @param count how many there are, at least 1
 * @param labels what selectors are matched against
 * @param phase the pods' phase
 * @param deleted whether they have a deletion timestamp
 * @param startTime when the kubelet acknowledged them
 * @param ready their Ready condition
 * @param containers in the order of the pod spec
 * @param podRequests requests of the pod as a whole, by resource; used since 1.34
 */
public record PodGroup(
    String name,
    int count,
    Map<String, String> labels,
    Phase phase,
    boolean deleted,
    Optional<Instant> startTime,
    Optional<ReadyCondition> ready,
    List<Container> containers,
    Map<String, Quantity> podRequests) {

  /** A pod's phase. */
  public enum Phase {
    PENDING("Pending"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    UNKNOWN("Unknown");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * A pod's Ready condition.
   *
   * @param status what it says
   * @param since when it last changed
   */
  public record ReadyCondition(Status status, Instant since) {

    /** What a Ready condition says. */
    public enum Status {
      TRUE,
      FALSE,
      UNKNOWN
    }

    boolean is(Status wanted) {
      return status == wanted;
    }
  }

  /**
   * A container and what it requests.
   *
   * @param name unique in its pod
   * @param requests by resource
   * @param sidecar whether it is a restartable init container; those count since 1.29
   */
  public record Container(String name, Map<String, Quantity> requests, boolean sidecar) {}

  public PodGroup {
    if (count < 1) {
      throw new IllegalArgumentException("count: must be at least 1, was: " + count);
    }
  }

  /** Returns pods that run and have been ready since {@code readySince}. */
  public static PodGroup running(
      int count, Map<String, String> labels, Instant readySince, List<Container> containers) {
    return new PodGroup(
        "p0",
        count,
        labels,
        Phase.RUNNING,
        false,
        Optional.of(readySince),
        Optional.of(new ReadyCondition(ReadyCondition.Status.TRUE, readySince)),
        containers,
        Map.of());
  }

  public PodGroup withName(String other) {
    return new PodGroup(
        other, count, labels, phase, deleted, startTime, ready, containers, podRequests);
  }
}
