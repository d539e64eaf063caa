// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.actuate.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.actuate.ClusterApi;
import io.agentscale.adapter.actuate.TargetScales;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.TargetRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of the cluster's {@code ScalingShadow}s as that of a workload would be: as many
 * replicas as asked for, after the time that pods of the shadowed workload take to start, and that
 * workload's selector, so that metrics of its pods are read. One thread ticks.
 */
public final class ShadowKeeper {
  private static final Logger log = LoggerFactory.getLogger(ShadowKeeper.class);
  private static final String API_VERSION = "agentscale.io/v1alpha1";
  private static final String KIND = "ScalingShadow";
  private static final String PLURAL = "scalingshadows";

  /** Where the kind is not installed, it is looked for so seldom. */
  static final Duration UNINSTALLED = Duration.ofMinutes(5);

  private final ClusterApi api;
  private final TargetScales scales;
  private final Leads leads;
  private final Map<Id, ShadowReplicas> replicas = new HashMap<>();
  private Optional<Instant> absentAt = Optional.empty();

  private record Id(String namespace, String name) {}

  /** How long pods of workloads take to start. */
  public interface Leads {
    /** Returns the measured lead, or a fallback while none was measured. */
    Duration of(String namespace, TargetRef target);
  }

  public ShadowKeeper(ClusterApi api, TargetScales scales, Leads leads) {
    this.api = api;
    this.scales = scales;
    this.leads = leads;
  }

  /**
   * Brings all shadows up to date; one that cannot be does not stop the others.
   *
   * @return how many there are
   */
  public int tick(Instant now) {
    boolean rests =
        absentAt.isPresent()
            && Duration.between(absentAt.get(), now).abs().compareTo(UNINSTALLED) < 0;
    if (rests) {
      return 0;
    }
    Set<Id> seen = new HashSet<>();
    for (JsonNode shadow : list(now)) {
      Id id =
          new Id(
              shadow.path("metadata").path("namespace").asText(),
              shadow.path("metadata").path("name").asText());
      seen.add(id);
      try {
        follow(id, shadow, now);
      } catch (ControlPlaneException e) {
        log.atWarn()
            .addKeyValue("shadow", id.namespace() + "/" + id.name())
            .addKeyValue("cause", String.valueOf(e.getMessage()))
            .log("A shadow could not be brought up to date");
      }
    }
    replicas.keySet().retainAll(seen);
    return seen.size();
  }

  private Iterable<JsonNode> list(Instant now) {
    try {
      JsonNode items = api.get("/apis/" + API_VERSION + "/" + PLURAL).path("items");
      absentAt = Optional.empty();
      return items;
    } catch (ControlPlaneException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      absentAt = Optional.of(now);
      return Set.of();
    }
  }

  private void follow(Id id, JsonNode shadow, Instant now) {
    JsonNode ref = shadow.path("spec").path("targetRef");
    TargetRef target =
        new TargetRef(
            ref.path("apiVersion").asText("apps/v1"),
            ref.path("kind").asText("Deployment"),
            ref.path("name").asText());
    String selector = scales.selector(id.namespace(), target);
    JsonNode told = shadow.path("status").path("replicas");
    int asked = shadow.path("spec").path("replicas").asInt(1);
    // A new shadow is there at once: only what changes takes its time.
    ShadowReplicas before =
        replicas.getOrDefault(id, ShadowReplicas.of(told.isInt() ? told.asInt() : asked));
    ShadowReplicas next = before.next(asked, leads.of(id.namespace(), target), now);
    replicas.put(id, next);
    boolean isTold =
        told.isInt()
            && told.asInt() == next.present()
            && shadow.path("status").path("selector").asText().equals(selector);
    if (!isTold) {
      write(id, next.present(), selector);
    }
  }

  private void write(Id id, int present, String selector) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", API_VERSION).put("kind", KIND);
    object.putObject("metadata").put("name", id.name()).put("namespace", id.namespace());
    object.putObject("status").put("replicas", present).put("selector", selector);
    var _ =
        api.apply(
            "/apis/%s/namespaces/%s/%s/%s/status"
                .formatted(API_VERSION, id.namespace(), PLURAL, id.name()),
            object);
  }
}
