// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.grpc.StatusException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one trigger of a ScaledObject asks for. */
public sealed interface Trigger {

  /** A name longer than this is cut: it becomes part of a URL of KEDA's own metrics API. */
  int NAME_MAX = 60;

  /**
   * Reads a trigger's metadata as it is read when KEDA asks.
   *
   * @param namespace of the ScaledObject; what it asks for may be in another
   * @throws IllegalArgumentException naming the key at fault
   */
  static Trigger read(String namespace, Map<String, String> metadata) {
    String asked = metadata.getOrDefault("namespace", namespace);
    ScaledObjectRef ref =
        ScaledObjectRef.newBuilder().setNamespace(namespace).putAllScalerMetadata(metadata).build();
    try {
      return new TriggerReader(List.of(asked)).read(ref);
    } catch (StatusException e) {
      throw new IllegalArgumentException(e.getStatus().getDescription(), e);
    }
  }

  /**
   * Returns the name its metric has for KEDA: the same at all times, of {@code a-z 0-9 -} only,
   * since KEDA takes it as it is.
   */
  String metricName();

  /**
   * The demand of a policy.
   *
   * @param key which policy
   */
  record OfPolicy(PolicyKey key) implements Trigger {
    @Override
    public String metricName() {
      return normal("agentscale-" + key.name());
    }
  }

  /**
   * An external metric that is served here, its series added up.
   *
   * @param namespace whose series
   * @param metric the metric's name
   * @param selector narrows the series; everything when empty
   * @param target how much of it one replica carries
   * @param activation how much may be there before the first replica is wanted
   */
  record OfMetric(
      String namespace, String metric, LabelSelector selector, Quantity target, Quantity activation)
      implements Trigger {

    /** Tells whether so much of the metric calls for a replica. */
    public boolean isActive(Quantity sum) {
      return sum.compareTo(activation) > 0;
    }

    @Override
    public String metricName() {
      return normal("agentscale-" + metric);
    }
  }

  private static String normal(String name) {
    String spelled = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = spelled.substring(0, Math.min(NAME_MAX, spelled.length()));
    return cut.replaceAll("-+$", "");
  }
}
