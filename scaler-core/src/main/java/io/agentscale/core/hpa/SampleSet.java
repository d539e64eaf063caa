// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

/** A growing set of per-pod samples and the usage ratio they make. */
sealed interface SampleSet permits PlainSamples, UtilizationSamples {

  /** Adds a sample of each pod of a listed group. */
  void add(PodGroup group, long milli);

  /** Adds samples of pods the selector does not list. */
  void addUnlisted(long milli, long count);

  /** Adds each pod of a group at what makes it neither above nor below the target. */
  void addAtTarget(PodGroup group);

  /** Returns how many pods are in the set. */
  long size();

  /** Tells whether no ratio can be formed although there are samples. */
  boolean hasNoBase();

  double ratio();

  MetricStatus.Current current();
}
