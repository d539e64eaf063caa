// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.PodReadiness.Standing;
import io.agentscale.core.hpa.Workings.PodCounts;
import io.agentscale.core.hpa.Workings.Rule;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The formula of the metrics that have a sample a pod.
 *
 * <p>First the ratio of the pods that are ready and have a sample. Missing pods are then put in so
 * that they hold against that ratio's direction (at the target when it is below 1, at zero when it
 * is above) and unready pods at zero when it is above; if that turns the direction, nothing
 * changes. The result is a product with the pods counted, never with the current replicas.
 */
final class PodCalculation {
  private final ReplicaContext context;
  private final PodUsage usage;
  private final SampleSet samples;
  private final Standing[] standings;
  private long ready;
  private long unready;
  private long missing;
  private long ignored;
  private long unlisted;

  private PodCalculation(ReplicaContext context, PodUsage usage, SampleSet samples) {
    this.context = context;
    this.usage = usage;
    this.samples = samples;
    standings = new Standing[context.pods().size()];
  }

  /** Compares the average of the pods with a target, both in thousandths. */
  static Calculation plain(ReplicaContext context, PodUsage usage, boolean cpu, long targetMilli) {
    if (context.pods().isEmpty()) {
      return new Calculation.Failed(TargetPods.NONE_SELECTED);
    }
    var calculation = new PodCalculation(context, usage, new PlainSamples(targetMilli));
    calculation.sort(cpu);
    return calculation.calculate(Optional.empty());
  }

  /** Compares usage with requests, by a target in percent. */
  static Calculation utilization(
      ReplicaContext context, PodUsage usage, PodRequests requests, int targetPercent) {
    if (context.pods().isEmpty()) {
      return new Calculation.Failed(TargetPods.NONE_SELECTED);
    }
    var calculation =
        new PodCalculation(context, usage, new UtilizationSamples(targetPercent, requests));
    calculation.sort(requests.resource().equals("cpu"));
    return calculation.calculate(requests.missing(context.pods()));
  }

  private void sort(boolean cpu) {
    var readiness = new PodReadiness(context.settings(), cpu, context.now());
    TargetPods pods = context.pods();
    for (int i = 0; i < standings.length; i++) {
      PodSample sample = usage.sample(i);
      boolean present = usage.isPresent(sample);
      PodGroup group = pods.group(i);
      if (pods.isSelected(i)) {
        standings[i] = readiness.of(group, sample, present);
        count(standings[i], group, sample);
      } else if (present) {
        addUnlisted(sample, group.count());
      }
    }
    for (PodSample sample : usage.unlisted().values()) {
      if (usage.isPresent(sample)) {
        addUnlisted(sample, 1);
      }
    }
  }

  private void count(Standing standing, PodGroup group, PodSample sample) {
    switch (standing) {
      case READY -> {
        ready += group.count();
        samples.add(group, usage.milli(sample));
      }
      case UNREADY -> unready += group.count();
      case MISSING -> missing += group.count();
      case IGNORED -> ignored += group.count();
    }
  }

  private void addUnlisted(PodSample sample, long count) {
    unlisted += count;
    samples.addUnlisted(usage.milli(sample), count);
  }

  private Calculation calculate(Optional<String> missingRequest) {
    if (samples.size() == 0) {
      return new Calculation.Failed(
          "did not receive metrics for targeted pods (pods might be unready)");
    }
    if (missingRequest.isPresent()) {
      return new Calculation.Failed(missingRequest.get());
    }
    if (samples.hasNoBase()) {
      return new Calculation.Failed("no metrics returned matched known pods");
    }
    double ratio = samples.ratio();
    MetricStatus.Current current = samples.current();
    boolean withUnready = unready > 0 && ratio > 1.0;
    if (!withUnready && missing == 0) {
      return asMeasured(ratio, current);
    }
    assume(ratio, withUnready);
    return asAssumed(ratio, samples.ratio(), current);
  }

  private Calculation asMeasured(double ratio, MetricStatus.Current current) {
    boolean inside = context.tolerance().contains(ratio);
    int replicas =
        inside
            ? context.scale().specReplicas()
            : GoNumbers.toInt32(Math.ceil(ratio * (double) ready));
    return computed(
        replicas,
        current,
        ratio,
        OptionalDouble.empty(),
        ready,
        inside ? Rule.WITHIN_TOLERANCE : Rule.RATIO_TIMES_PODS);
  }

  private void assume(double ratio, boolean withUnready) {
    for (int i = 0; i < standings.length; i++) {
      PodGroup group = context.pods().group(i);
      if (standings[i] == Standing.MISSING && ratio < 1.0) {
        samples.addAtTarget(group);
      } else if ((standings[i] == Standing.MISSING && ratio > 1.0)
          || (standings[i] == Standing.UNREADY && withUnready)) {
        samples.add(group, 0);
      }
    }
  }

  private Calculation asAssumed(double ratio, double assumed, MetricStatus.Current current) {
    int spec = context.scale().specReplicas();
    int product = GoNumbers.toInt32(Math.ceil(assumed * (double) samples.size()));
    Rule rule = rule(ratio, assumed, product, spec);
    return computed(
        rule == Rule.RATIO_TIMES_PODS ? product : spec,
        current,
        ratio,
        OptionalDouble.of(assumed),
        samples.size(),
        rule);
  }

  private Rule rule(double ratio, double assumed, int product, int spec) {
    if (context.tolerance().contains(assumed)) {
      return Rule.WITHIN_TOLERANCE;
    }
    if ((ratio < 1.0 && assumed > 1.0) || (ratio > 1.0 && assumed < 1.0)) {
      return Rule.DIRECTION_REVERSED;
    }
    boolean reversed = (assumed < 1.0 && product > spec) || (assumed > 1.0 && product < spec);
    return reversed ? Rule.RESULT_REVERSED : Rule.RATIO_TIMES_PODS;
  }

  private Calculation computed(
      int replicas,
      MetricStatus.Current current,
      double ratio,
      OptionalDouble assumed,
      long multiplier,
      Rule rule) {
    var counts = new PodCounts(ready, unready, missing, ignored, unlisted);
    var workings = new Workings(ratio, assumed, multiplier, rule, Optional.of(counts));
    return new Calculation.Computed(replicas, current, workings);
  }
}
