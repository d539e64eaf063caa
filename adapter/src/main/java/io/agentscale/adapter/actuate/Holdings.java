// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.actuate.Keepsake.UnreadableException;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.PolicyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which autoscalers carry a policy's {@link Keepsake}: read from the cluster once, by label, and
 * then kept in step, so that what an earlier process left behind is found.
 */
final class Holdings {
  private static final Logger log = LoggerFactory.getLogger(Holdings.class);
  private static final String LABELLED = "?labelSelector=" + Keepsake.NAME + "%3Dtrue";

  /** Also tells of what somebody labelled or restored from a backup. */
  private static final Duration LISTED_EVERY = Duration.ofMinutes(10);

  private final ClusterApi api;
  private final Map<PolicyKey, Set<AutoscalerRef>> held = new ConcurrentHashMap<>();
  private Optional<Instant> listed = Optional.empty();

  Holdings(ClusterApi api) {
    this.api = api;
  }

  /** Reads them if they are not known of late. */
  void refresh(Instant now) {
    boolean isFresh =
        listed.isPresent() && Duration.between(listed.get(), now).abs().compareTo(LISTED_EVERY) < 0;
    if (isFresh) {
      return;
    }
    Map<PolicyKey, Set<AutoscalerRef>> found = new HashMap<>();
    for (AutoscalerKind kind : AutoscalerKind.values()) {
      list(kind, found);
    }
    held.clear();
    held.putAll(found);
    listed = Optional.of(now);
  }

  /** Reads them again when next asked, as another process may have written meanwhile. */
  void distrust() {
    listed = Optional.empty();
  }

  Set<AutoscalerRef> of(PolicyKey policy) {
    return Set.copyOf(held.getOrDefault(policy, Set.of()));
  }

  /** Returns the policies that hold anything. */
  Set<PolicyKey> policies() {
    return new TreeMap<>(held).keySet();
  }

  /** Returns how many autoscalers something is held on. */
  int size() {
    return held.values().stream().mapToInt(Set::size).sum();
  }

  void add(PolicyKey policy, AutoscalerRef ref) {
    held.computeIfAbsent(policy, _ -> ConcurrentHashMap.newKeySet()).add(ref);
  }

  void remove(PolicyKey policy, AutoscalerRef ref) {
    held.computeIfPresent(
        policy,
        (_, refs) -> {
          refs.remove(ref);
          return refs.isEmpty() ? null : refs;
        });
  }

  private void list(AutoscalerKind kind, Map<PolicyKey, Set<AutoscalerRef>> found) {
    try {
      for (JsonNode item : api.get(kind.everywhere() + LABELLED).path("items")) {
        JsonNode metadata = item.path("metadata");
        String namespace = metadata.path("namespace").asText();
        AutoscalerRef ref = new AutoscalerRef(kind, namespace, metadata.path("name").asText());
        policy(new HeldObject(ref, item))
            .ifPresent(
                name ->
                    found
                        .computeIfAbsent(
                            new PolicyKey(namespace, name), _ -> ConcurrentHashMap.newKeySet())
                        .add(ref));
      }
    } catch (ControlPlaneException e) {
      // KEDA need not be installed; without the kind there is nothing of it to give back.
      if (kind != AutoscalerKind.SCALED_OBJECT || !e.isNotFound()) {
        throw e;
      }
    }
  }

  private static Optional<String> policy(HeldObject object) {
    try {
      return object.keepsake().map(Keepsake::policy);
    } catch (UnreadableException e) {
      log.atWarn()
          .addKeyValue("object", object.ref())
          .addKeyValue("cause", String.valueOf(e.getMessage()))
          .log("Left alone: what is remembered on it cannot be read");
      return Optional.empty();
    }
  }
}
