// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.core.metric.LabelSelector;
import io.agentscale.core.metric.Quantity;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a trigger's metadata.
 *
 * <p>Keys of KEDA's own are there too, and more may come with later versions, so that a key not
 * known is passed over; one that is written like ours but for case, {@code -} and {@code _} is
 * refused, for it would go unheeded.
 */
final class TriggerReader {
  private static final String POLICY = "policy";
  private static final String METRIC = "metric";
  private static final String NAMESPACE = "namespace";
  private static final String SELECTOR = "selector";
  private static final String TARGET = "target";
  private static final String ACTIVATION = "activationThreshold";
  private static final List<String> KEYS =
      List.of(POLICY, METRIC, NAMESPACE, SELECTOR, TARGET, ACTIVATION);

  private final Set<String> sharedNamespaces;

  /**
   * @param sharedNamespaces those whose policies and metrics a ScaledObject of any namespace may
   *     ask for
   */
  TriggerReader(Collection<String> sharedNamespaces) {
    this.sharedNamespaces = Set.copyOf(sharedNamespaces);
  }

  /**
   * Returns what is asked for.
   *
   * @throws StatusException {@code INVALID_ARGUMENT} naming the key at fault, or {@code
   *     PERMISSION_DENIED} for a namespace that is not shared
   */
  Trigger read(ScaledObjectRef ref) throws StatusException {
    if (ref.getNamespace().isEmpty()) {
      throw invalid("scaledObjectRef.namespace: must be given");
    }
    Map<String, String> metadata = ref.getScalerMetadataMap();
    refuseMisspelt(metadata);
    boolean policy = isGiven(metadata, POLICY);
    if (policy == isGiven(metadata, METRIC)) {
      throw invalid(
          "metadata: must have policy (the name of a ScalingPolicy) or metric (the name of an"
              + " external metric), has "
              + (policy ? "both" : "neither, only " + new TreeSet<>(metadata.keySet())));
    }
    String namespace = namespace(ref, metadata);
    return policy
        ? policy(new PolicyKey(namespace, given(metadata, POLICY)), metadata)
        : metric(namespace, metadata);
  }

  private static Trigger policy(PolicyKey key, Map<String, String> metadata)
      throws StatusException {
    for (String key2 : List.of(SELECTOR, TARGET, ACTIVATION)) {
      if (isGiven(metadata, key2)) {
        throw invalid("metadata." + key2 + ": goes with metric; a policy says it itself");
      }
    }
    return new Trigger.OfPolicy(key);
  }

  private static Trigger metric(String namespace, Map<String, String> metadata)
      throws StatusException {
    if (!isGiven(metadata, TARGET)) {
      throw invalid("metadata.target: must say how much of the metric one replica carries");
    }
    Quantity target = quantity(metadata, TARGET);
    if (target.milli() <= 0) {
      throw invalid("metadata.target: must be positive, was: " + target);
    }
    Quantity activation =
        isGiven(metadata, ACTIVATION) ? quantity(metadata, ACTIVATION) : Quantity.ZERO;
    if (activation.milli() < 0) {
      throw invalid("metadata.activationThreshold: must not be negative, was: " + activation);
    }
    return new Trigger.OfMetric(
        namespace, given(metadata, METRIC), selector(metadata), target, activation);
  }

  /** Any ScaledObject can write any metadata, so that its own namespace is all it may see. */
  private String namespace(ScaledObjectRef ref, Map<String, String> metadata)
      throws StatusException {
    String own = ref.getNamespace();
    String asked = isGiven(metadata, NAMESPACE) ? given(metadata, NAMESPACE) : own;
    if (!asked.equals(own) && !sharedNamespaces.contains(asked)) {
      throw Status.PERMISSION_DENIED
          .withDescription(
              "metadata.namespace: "
                  + asked
                  + " is not the ScaledObject's own ("
                  + own
                  + ") and not among keda.sharedNamespaces of agentscale's configuration")
          .asException();
    }
    return asked;
  }

  private static void refuseMisspelt(Map<String, String> metadata) throws StatusException {
    for (String key : metadata.keySet()) {
      for (String known : KEYS) {
        if (!key.equals(known) && plain(key).equals(plain(known))) {
          throw invalid("metadata." + key + ": unknown key, did you mean " + known + "?");
        }
      }
    }
  }

  private static String plain(String key) {
    return key.replaceAll("[-_]", "").toLowerCase(java.util.Locale.ROOT);
  }

  private static LabelSelector selector(Map<String, String> metadata) throws StatusException {
    try {
      return LabelSelector.parse(given(metadata, SELECTOR));
    } catch (IllegalArgumentException e) {
      throw invalid("metadata.selector: " + e.getMessage());
    }
  }

  private static Quantity quantity(Map<String, String> metadata, String key)
      throws StatusException {
    try {
      return Quantity.parse(given(metadata, key));
    } catch (IllegalArgumentException e) {
      throw invalid("metadata." + key + ": " + e.getMessage());
    }
  }

  private static boolean isGiven(Map<String, String> metadata, String key) {
    return !given(metadata, key).isEmpty();
  }

  private static String given(Map<String, String> metadata, String key) {
    return metadata.getOrDefault(key, "").strip();
  }

  private static StatusException invalid(String description) {
    return Status.INVALID_ARGUMENT.withDescription(description).asException();
  }
}
