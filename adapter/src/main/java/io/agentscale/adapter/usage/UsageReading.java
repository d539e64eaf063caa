// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.usage;

import io.agentscale.adapter.cluster.ClusterObject;
import io.agentscale.adapter.usage.UsageRows.Owner;
import io.agentscale.apiservice.provider.CpuCores;
import io.agentscale.apiservice.provider.ObjectUsage;
import io.agentscale.apiservice.provider.ObjectUsage.Container;
import io.agentscale.apiservice.provider.ObjectUsage.Subject;
import io.agentscale.apiservice.provider.Usage;
import io.agentscale.apiservice.provider.UsageQuery.Kind;
import io.agentscale.core.metric.Quantity;
import io.agentscale.core.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts the CPU and the memory of objects together.
 *
 * <p>A pod of which any container lacks one of the two is unknown as a whole: an autoscaler adds up
 * the containers it is given, and would take the rest of the pod for idle.
 *
 * @param kind of the objects
 * @param cpu in cores
 * @param memory in bytes
 * @param window that rates were taken over
 */
record UsageReading(Kind kind, UsageRows cpu, UsageRows memory, Duration window) {

  /** What is known of an object: its use, or why there is none. */
  record Outcome(Optional<ObjectUsage> usage, String cause) {
    private static Outcome unknown(String cause) {
      return new Outcome(Optional.empty(), cause);
    }
  }

  Outcome of(ClusterObject object) {
    Owner owner = new Owner(object.namespace().orElse(""), object.name());
    Map<String, Optional<Sample>> cores = cpu.of(owner);
    Map<String, Optional<Sample>> bytes = memory.of(owner);
    TreeSet<String> parts = new TreeSet<>(cores.keySet());
    parts.addAll(bytes.keySet());
    if (parts.isEmpty()) {
      return Outcome.unknown("neither query has a row for it");
    }
    List<Container> containers = new ArrayList<>();
    Instant oldest = Instant.MAX;
    for (String part : parts) {
      Optional<Sample> core = cores.getOrDefault(part, Optional.empty());
      Optional<Sample> size = bytes.getOrDefault(part, Optional.empty());
      if (core.isEmpty() || size.isEmpty()) {
        String missing = core.isEmpty() ? "CPU" : "memory";
        return Outcome.unknown(
            part.isEmpty() ? "its " + missing + " is not known" : missing(part, missing));
      }
      oldest = earliest(oldest, earliest(core.get().at(), size.get().at()));
      containers.add(new Container(part, usage(core.get(), size.get())));
    }
    return new Outcome(Optional.of(usage(object, oldest, containers)), "");
  }

  private static String missing(String container, String resource) {
    return "the " + resource + " of its container " + container + " is not known";
  }

  private static Usage usage(Sample cores, Sample bytes) {
    return new Usage(CpuCores.of(cores.value()), Quantity.of((long) bytes.value()));
  }

  private ObjectUsage usage(ClusterObject object, Instant at, List<Container> containers) {
    Subject subject = new Subject(object.namespace(), object.name(), object.labels());
    return switch (kind) {
      case PODS -> new ObjectUsage.OfPod(subject, at, window, containers);
      case NODES -> new ObjectUsage.OfNode(subject, at, window, containers.getFirst().usage());
    };
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
