// SPDX-License-Identifier: Apache-2.0

package io.agentscale.core.hpa;

import io.agentscale.core.hpa.MetricReading.PodSamples;
import io.agentscale.core.metric.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * The samples of one metric, a number a pod: of whole pods the sum over their containers, of a
 * container metric that container's.
 *
 * <p>A pod is left out if its answer lists no container, or any container without the resource.
 */
final class PodUsage {
  private final PodSamples samples;
  private final Optional<String> container;

  PodUsage(PodSamples samples, Optional<String> container) {
    this.samples = samples;
    this.container = container;
  }

  /** Tells whether the API's list had no item; pods left out by us were items. */
  boolean isEmpty() {
    for (PodSample sample : samples.listed()) {
      if (sample != PodSample.Missing.SAMPLE) {
        return false;
      }
    }
    return samples.unlisted().isEmpty();
  }

  /** Returns the first pod whose answer does not list the metric's container. */
  Optional<String> podWithoutContainer(TargetPods pods) {
    if (container.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < samples.listed().size(); i++) {
      if (lacksContainer(samples.listed().get(i))) {
        return Optional.of(pods.group(i).name());
      }
    }
    return samples.unlisted().entrySet().stream()
        .filter(pod -> lacksContainer(pod.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean lacksContainer(PodSample sample) {
    return sample instanceof PodSample.ByContainer containers
        && !containers.usage().containsKey(container.orElseThrow());
  }

  PodSample sample(int group) {
    return group < samples.listed().size() ? samples.listed().get(group) : PodSample.Missing.SAMPLE;
  }

  Map<String, PodSample> unlisted() {
    return samples.unlisted();
  }

  boolean isPresent(PodSample sample) {
    return switch (sample) {
      case PodSample.Missing _ -> false;
      case PodSample.Value _ -> true;
      case PodSample.ByContainer containers -> hasUsage(containers.usage());
    };
  }

  /** Returns the number of a sample that is present. */
  long milli(PodSample sample) {
    return switch (sample) {
      case PodSample.Missing _ ->
          throw new IllegalArgumentException("a missing sample has no value");
      case PodSample.Value value -> value.milli();
      case PodSample.ByContainer containers -> milli(containers.usage());
    };
  }

  private boolean hasUsage(Map<String, Optional<Quantity>> usage) {
    if (container.isPresent()) {
      return usage.getOrDefault(container.get(), Optional.empty()).isPresent();
    }
    return !usage.isEmpty() && usage.values().stream().allMatch(Optional::isPresent);
  }

  private long milli(Map<String, Optional<Quantity>> usage) {
    if (container.isPresent()) {
      return usage.getOrDefault(container.get(), Optional.empty()).orElseThrow().milli();
    }
    return usage.values().stream().mapToLong(value -> value.orElseThrow().milli()).sum();
  }
}
