// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.Workings.Rule;
import java.util.Optional;
import java.util.OptionalDouble;

/** The formulas of the metrics that are one number for the whole target. */
final class ValueCalculation {
  private ValueCalculation() {}

  /**
   * Scales the pods that are ready by the ratio of a value to its target, both in thousandths; from
   * zero replicas the ratio itself is the count.
   */
  static Calculation value(ReplicaContext context, long usageMilli, long targetMilli) {
    double ratio = (double) usageMilli / (double) targetMilli;
    MetricStatus.Current current = MetricStatus.Current.value(usageMilli);
    int spec = context.scale().specReplicas();
    boolean capped = context.settings().dialect().capsValues();
    if (spec == 0) {
      return computed(toInt(Math.ceil(ratio), capped), current, ratio, 0, Rule.RATIO_FROM_ZERO);
    }
    if (context.tolerance().contains(ratio)) {
      return computed(spec, current, ratio, 0, Rule.WITHIN_TOLERANCE);
    }
    if (context.pods().isEmpty()) {
      return new Calculation.Failed("unable to calculate ready pods: " + TargetPods.NONE_SELECTED);
    }
    long ready = context.pods().runningAndReady();
    int replicas = toInt(Math.ceil(ratio * (double) ready), capped);
    return computed(replicas, current, ratio, ready, Rule.RATIO_TIMES_PODS);
  }

  /**
   * Divides a value by a target per pod, both in thousandths.
   *
   * <p>Within the tolerance the result is the replicas there are, not those asked for, which are
   * different during a rollout.
   */
  static Calculation averageValue(
      ReplicaContext context, long usageMilli, long targetMilli, boolean capped) {
    int status = context.scale().statusReplicas();
    double ratio = (double) usageMilli / ((double) targetMilli * (double) status);
    var current =
        MetricStatus.Current.averageValue(
            GoNumbers.toInt64(Math.ceil((double) usageMilli / (double) status)));
    // Without usage and replicas the ratio is 0/0; there is nothing to divide among pods then.
    if (Double.isNaN(ratio) || context.tolerance().contains(ratio)) {
      return computed(status, current, ratio, 0, Rule.WITHIN_TOLERANCE);
    }
    double quotient = Math.ceil((double) usageMilli / (double) targetMilli);
    return computed(toInt(quotient, capped), current, ratio, 0, Rule.USAGE_BY_TARGET);
  }

  private static int toInt(double value, boolean capped) {
    return capped ? GoNumbers.toCappedInt32(value) : GoNumbers.toInt32(value);
  }

  private static Calculation computed(
      int replicas, MetricStatus.Current current, double ratio, long multiplier, Rule rule) {
    return new Calculation.Computed(
        replicas,
        current,
        new Workings(ratio, OptionalDouble.empty(), multiplier, rule, Optional.empty()));
  }
}
