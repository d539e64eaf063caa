// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** Samples compared with a percentage of what their pods request, in whole percent. */
final class UtilizationSamples implements SampleSet {
  private static final int WHOLE = 100;

  private final int targetPercent;
  private final PodRequests podRequests;
  private long usage;
  private long requests;
  private long known;
  private long size;

  UtilizationSamples(int targetPercent, PodRequests podRequests) {
    this.targetPercent = targetPercent;
    this.podRequests = podRequests;
  }

  @Override
  public void add(PodGroup group, long milli) {
    usage += milli * group.count();
    requests += podRequests.milli(group) * group.count();
    known += group.count();
    size += group.count();
  }

  /** An unlisted pod has no known request: it counts as a pod, but not in the sums. */
  @Override
  public void addUnlisted(long milli, long count) {
    size += count;
  }

  /** A target above 100 % is put in as such, else pods without a sample would look idle. */
  @Override
  public void addAtTarget(PodGroup group) {
    add(group, podRequests.milli(group) * Math.max(WHOLE, targetPercent) / WHOLE);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean hasNoBase() {
    return requests == 0;
  }

  @Override
  public double ratio() {
    return (double) percent() / (double) targetPercent;
  }

  @Override
  public MetricStatus.Current current() {
    return MetricStatus.Current.utilization(percent(), usage / known);
  }

  private int percent() {
    return (int) ((usage * WHOLE) / requests);
  }
}
