// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** Samples compared with a target per pod by their integer average. */
final class PlainSamples implements SampleSet {
  private final long targetMilli;
  private long sum;
  private long size;

  PlainSamples(long targetMilli) {
    this.targetMilli = targetMilli;
  }

  @Override
  public void add(PodGroup group, long milli) {
    addUnlisted(milli, group.count());
  }

  @Override
  public void addUnlisted(long milli, long count) {
    sum += milli * count;
    size += count;
  }

  @Override
  public void addAtTarget(PodGroup group) {
    add(group, targetMilli);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean hasNoBase() {
    return false;
  }

  @Override
  public double ratio() {
    return (double) average() / (double) targetMilli;
  }

  @Override
  public MetricStatus.Current current() {
    return MetricStatus.Current.averageValue(average());
  }

  private long average() {
    return sum / size;
  }
}
