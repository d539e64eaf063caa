// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.trap;

import java.util.Locale;

/** A known way for scaling to go wrong. Each is documented in {@code docs/lint.md}. */
public enum Trap {
  /** A file or one of its objects cannot be read. */
  MALFORMED(Severity.ERROR),
  /** Two autoscalers overwrite each other's count. */
  TWO_AUTOSCALERS(Severity.ERROR),
  /** Two policies decide for one workload. */
  TWO_POLICIES(Severity.ERROR),
  /** A policy that writes the count itself has an autoscaler beside it. */
  SECOND_WRITER(Severity.ERROR),
  /** No autoscaler follows a policy's metric. */
  NOT_FOLLOWED(Severity.ERROR),
  /** The autoscaler divides the demand by another number than the policy. */
  OTHER_TARGET(Severity.ERROR),
  /** The autoscaler's maximum is lower than the policy's. */
  MAXIMUM_TOO_LOW(Severity.ERROR),
  /** The autoscaler's minimum is higher than what the policy may go down to. */
  MINIMUM_TOO_HIGH(Severity.WARNING),
  /** A schedule's floor so near to the count before that an autoscaler does not go there. */
  DEAD_BAND(Severity.WARNING),
  /** KEDA is told to hold still. */
  PAUSED(Severity.WARNING),
  /** A HorizontalPodAutoscaler is off because there are no replicas. */
  SWITCHED_OFF(Severity.ERROR),
  /** A HorizontalPodAutoscaler may not add replicas. */
  NO_SCALE_UP(Severity.ERROR),
  /** A HorizontalPodAutoscaler says that it cannot scale. */
  AUTOSCALER_FAILS(Severity.ERROR),
  /** A HorizontalPodAutoscaler has been at its maximum for long. */
  AT_MAXIMUM(Severity.WARNING),
  /** A share of requested resources is the metric, and nothing is requested. */
  NO_REQUEST(Severity.ERROR),
  /** A vertical autoscaler changes the resource that the horizontal one measures by. */
  VERTICAL_SAME_RESOURCE(Severity.ERROR),
  /** A manifest sets the replicas that an autoscaler is to set. */
  REPLICAS_IN_MANIFEST(Severity.WARNING),
  /** No pod may ever be evicted, so that nodes cannot be drained. */
  NO_EVICTION(Severity.WARNING),
  /** A pod is killed before the runs it is kept for can end. */
  GRACE_TOO_SHORT(Severity.WARNING),
  /** The demand's metric stops rising when the pods are full. */
  CAPPED_DEMAND(Severity.ERROR),
  /** A backlog is forecast, which is near zero whenever capacity is right. */
  BACKLOG_FORECAST(Severity.WARNING),
  /** Requests are counted at the router and at the engine. */
  COUNTED_TWICE(Severity.WARNING),
  /** No pod belongs to a workload that should have some. */
  NO_PODS(Severity.WARNING),
  /** No node can take pods. */
  NO_NODE(Severity.WARNING),
  /** Pods have not become Ready for longer than a start can take. */
  NEVER_READY(Severity.WARNING),
  /** The load needs more replicas than the policy allows. */
  CEILING_BELOW_LOAD(Severity.WARNING);

  private final Severity severity;

  /** How bad it is. */
  public enum Severity {
    /** It does not work as written. */
    ERROR,
    /** It works, and will hurt some day. */
    WARNING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Trap(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** Returns the name used in documentation and output, such as {@code two-autoscalers}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
