// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code ScalingMetricRule}s of a cluster. Each change is told to a judge, whose verdict is
 * written back as the condition {@code Accepted} by server-side apply.
 */
public final class ClusterMetricRules implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClusterMetricRules.class);
  private static final String FIELD_MANAGER = "agentscale";
  private static final String API_VERSION = "agentscale.io/v1alpha1";
  private static final String KIND = "ScalingMetricRule";
  private static final ResourceDefinitionContext RULES =
      new ResourceDefinitionContext.Builder()
          .withGroup("agentscale.io")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("scalingmetricrules")
          .withNamespaced(true)
          .build();

  /**
   * Which rule.
   *
   * @param namespace it belongs to
   * @param name of the custom resource
   */
  public record RuleId(String namespace, String name) {}

  /** Hears of rules, from the threads of the watch. */
  public interface Judge {

    /**
     * Takes a rule, new or changed.
     *
     * @param spec in JSON
     * @return why it is refused; absent if it is accepted
     */
    Optional<String> judge(RuleId id, String spec);

    /** Forgets a rule that is gone. */
    void forget(RuleId id);
  }

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Judge judge;
  private final Map<RuleId, Long> judged = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("rule-status").factory());
  private final FollowedKind<GenericKubernetesResource> followed;

  private ClusterMetricRules(
      KubernetesClient client, ContactLog contacts, InstantSource clock, Judge judge) {
    this.client = client;
    this.clock = clock;
    this.judge = judge;
    this.followed =
        FollowedKind.start(
            Map.of(
                "/apis/" + API_VERSION + "/scalingmetricrules",
                client.genericKubernetesResources(RULES).inAnyNamespace()),
            GenericKubernetesResource.class,
            client.getKubernetesSerialization(),
            new Told(),
            contacts);
  }

  /** Starts to follow, and returns before anything is known; the kind may be installed later. */
  public static ClusterMetricRules follow(
      ClusterConnection connection, InstantSource clock, Judge judge) {
    ContactLog contacts = new ContactLog(clock);
    return new ClusterMetricRules(connection.client(contacts), contacts, clock, judge);
  }

  public FollowStatus status() {
    return followed.status();
  }

  @Override
  public void close() {
    followed.close();
    writer.shutdownNow();
    client.close();
  }

  private final class Told implements WatchedStore.Keeper<GenericKubernetesResource> {
    @Override
    public void keep(GenericKubernetesResource rule) {
      long generation = Optional.ofNullable(rule.getMetadata().getGeneration()).orElse(0L);
      // What changed may be no more than the status we wrote ourselves.
      if (!Long.valueOf(generation).equals(judged.put(id(rule), generation))) {
        Object spec = rule.getAdditionalProperties().getOrDefault("spec", Map.of());
        Optional<String> refusal =
            judge.judge(id(rule), client.getKubernetesSerialization().asJson(spec));
        writer.execute(() -> write(id(rule), generation, refusal));
      }
    }

    @Override
    public void forget(GenericKubernetesResource rule) {
      judged.remove(id(rule));
      judge.forget(id(rule));
    }
  }

  private static RuleId id(GenericKubernetesResource rule) {
    return new RuleId(rule.getMetadata().getNamespace(), rule.getMetadata().getName());
  }

  private void write(RuleId id, long generation, Optional<String> refusal) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", "Accepted");
    condition.put("status", refusal.isEmpty() ? "True" : "False");
    condition.put("reason", refusal.isEmpty() ? "Accepted" : "Invalid");
    condition.put("message", refusal.orElse("the rule is served in this namespace"));
    condition.put("observedGeneration", generation);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    condition.put("lastTransitionTime", now.toString());
    GenericKubernetesResource status =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(API_VERSION)
            .withKind(KIND)
            .withNewMetadata()
            .withNamespace(id.namespace())
            .withName(id.name())
            .endMetadata()
            .addToAdditionalProperties("status", Map.of("conditions", List.of(condition)))
            .build();
    try {
      var _ =
          client
              .genericKubernetesResources(RULES)
              .inNamespace(id.namespace())
              .withName(id.name())
              .subresource("status")
              .patch(
                  new PatchContext.Builder()
                      .withPatchType(PatchType.SERVER_SIDE_APPLY)
                      .withFieldManager(FIELD_MANAGER)
                      .withForce(true)
                      .build(),
                  status);
    } catch (KubernetesClientException e) {
      log.atWarn()
          .addKeyValue("rule", id.namespace() + "/" + id.name())
          .addKeyValue("cause", String.valueOf(e.getMessage()))
          .log("The status of a rule could not be written");
    }
  }
}
