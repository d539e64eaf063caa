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
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of the cluster's {@code ScalingShadow}s as that of a workload would be: as many
 * replicas as asked for, since a workload counts its pods once they are created, Ready or not; and
 * the shadowed workload's selector, so that metrics of its pods are read. One thread ticks.
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
  private Optional<Instant> absentAt = Optional.empty();

  public ShadowKeeper(ClusterApi api, TargetScales scales) {
    this.api = api;
    this.scales = scales;
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
    int seen = 0;
    for (JsonNode shadow : list(now)) {
      seen++;
      String namespace = shadow.path("metadata").path("namespace").asText();
      String name = shadow.path("metadata").path("name").asText();
      try {
        follow(namespace, name, shadow);
      } catch (ControlPlaneException e) {
        log.atWarn()
            .addKeyValue("shadow", namespace + "/" + name)
            .addKeyValue("cause", String.valueOf(e.getMessage()))
            .log("A shadow could not be brought up to date");
      }
    }
    return seen;
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

  private void follow(String namespace, String name, JsonNode shadow) {
    JsonNode ref = shadow.path("spec").path("targetRef");
    TargetRef target =
        new TargetRef(
            ref.path("apiVersion").asText("apps/v1"),
            ref.path("kind").asText("Deployment"),
            ref.path("name").asText());
    String selector = scales.selector(namespace, target);
    int asked = shadow.path("spec").path("replicas").asInt(1);
    JsonNode status = shadow.path("status");
    boolean isTold =
        status.path("replicas").isInt()
            && status.path("replicas").asInt() == asked
            && status.path("selector").asText().equals(selector);
    if (!isTold) {
      write(namespace, name, asked, selector);
    }
  }

  private void write(String namespace, String name, int replicas, String selector) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", API_VERSION).put("kind", KIND);
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    object.putObject("status").put("replicas", replicas).put("selector", selector);
    var _ =
        api.apply(
            "/apis/%s/namespaces/%s/%s/%s/status".formatted(API_VERSION, namespace, PLURAL, name),
            object);
  }
}
