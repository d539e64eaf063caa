// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.sample.StageFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of policies into their status, by server-side apply. Nothing is written that
 * is there already; what a reader waits for (a condition, the replicas, the next transition) is
 * written soon, figures that change with every decision once a minute, and each policy at most
 * every few seconds. Whoever holds the lease calls it; no call blocks.
 */
public final class PolicyStatusWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PolicyStatusWriter.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static final Duration PAUSE = Duration.ofSeconds(5);
  static final Duration FIGURES = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofMillis(500);

  /** So many calls at most, so that other writers to the API server are not kept waiting. */
  private static final int CONCURRENT_MAX = 10;

  private final ControlPlane controlPlane;
  private final Function<PolicyKey, Optional<JsonNode>> present;
  private final InstantSource clock;
  private final Thread ticker;
  private final Map<PolicyKey, Policy> policies = new HashMap<>();
  private final NextTransitions transitions = new NextTransitions();
  private int underWay;

  /** A policy, what its status is to be, and what was written of it. */
  private static final class Policy {
    private final String uid;
    private ScalingPolicyStatus wanted;
    private Optional<ScalingPolicyStatus> written;
    private Instant lastTry = Instant.MIN;
    private boolean underWay;

    Policy(String uid, ScalingPolicyStatus wanted, Optional<ScalingPolicyStatus> written) {
      this.uid = uid;
      this.wanted = wanted;
      this.written = written;
    }

    Instant due() {
      if (written.equals(Optional.of(wanted))) {
        return Instant.MAX;
      }
      boolean figuresOnly = written.map(w -> w.outline().equals(wanted.outline())).orElse(false);
      return lastTry.equals(Instant.MIN)
          ? Instant.MIN
          : lastTry.plus(figuresOnly ? FIGURES : PAUSE);
    }
  }

  /**
   * Creates a writer.
   *
   * @param present the status each policy has in the cluster, as far as that is known
   */
  public PolicyStatusWriter(
      ControlPlane controlPlane,
      Function<PolicyKey, Optional<JsonNode>> present,
      InstantSource clock) {
    this.controlPlane = controlPlane;
    this.present = present;
    this.clock = clock;
    this.ticker = Thread.ofVirtual().name("policy-status").unstarted(this::tickForever);
  }

  /** Creates a writer that knows of the present statuses what the watch of the policies saw. */
  public PolicyStatusWriter(
      ControlPlane controlPlane, ClusterPolicies policies, InstantSource clock) {
    this(controlPlane, policies::status, clock);
  }

  /** Starts to write. */
  public void start() {
    ticker.start();
  }

  /** Has the status of a policy written where it says anything new. */
  public synchronized void write(PolicySnapshot snapshot) {
    PolicyKey key = snapshot.definition().key();
    Instant now = clock.instant();
    want(
        key,
        snapshot.definition().uid(),
        StatusReport.of(snapshot, transitions.after(now, snapshot.definition()), now));
  }

  /** Has written why a policy is not followed. */
  public synchronized void writeRefused(
      PolicyKey key, String uid, long generation, List<String> problems) {
    want(key, uid, StatusReport.refused(generation, problems, clock.instant()));
  }

  /** Forgets a policy that is gone. */
  public synchronized void forget(PolicyKey key) {
    policies.remove(key);
    transitions.forget(key);
  }

  /** A policy of a file has no object to write to. */
  private void want(PolicyKey key, String uid, ScalingPolicyStatus status) {
    if (uid.isEmpty()) {
      return;
    }
    Policy policy = policies.get(key);
    if (policy == null || !policy.uid.equals(uid)) {
      policy = new Policy(uid, status, present.apply(key).flatMap(PolicyStatusWriter::read));
      policies.put(key, policy);
    }
    policy.wanted = policy.written.map(status::keepingTimesOf).orElse(status);
  }

  /** What is no status of ours is replaced. */
  private static Optional<ScalingPolicyStatus> read(JsonNode status) {
    try {
      return Optional.of(JSON.treeToValue(status, ScalingPolicyStatus.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void tickForever() {
    try {
      while (true) {
        Thread.sleep(TICK);
        tickOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tickOnce() {
    try {
      tick();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("Writing statuses met a bug");
    }
  }

  /** Writes what is due, those waiting longest first. */
  synchronized void tick() {
    Instant now = clock.instant();
    List<Map.Entry<PolicyKey, Policy>> due =
        policies.entrySet().stream()
            .filter(entry -> !entry.getValue().underWay && !entry.getValue().due().isAfter(now))
            .sorted(Comparator.comparing(entry -> entry.getValue().lastTry))
            .limit(Math.max(0, CONCURRENT_MAX - underWay))
            .toList();
    for (Map.Entry<PolicyKey, Policy> entry : due) {
      send(entry.getKey(), entry.getValue(), now);
    }
  }

  private void send(PolicyKey key, Policy policy, Instant now) {
    ScalingPolicyStatus status = policy.wanted;
    policy.lastTry = now;
    policy.underWay = true;
    underWay++;
    var _ =
        controlPlane
            .apply(path(key), object(key, policy.uid, status), true)
            .handle(
                (_, failure) -> {
                  ended(key, policy, status, failure);
                  return true;
                });
  }

  private synchronized void ended(
      PolicyKey key, Policy policy, ScalingPolicyStatus status, @Nullable Throwable failure) {
    underWay--;
    policy.underWay = false;
    if (failure == null) {
      policy.written = Optional.of(status);
      return;
    }
    Throwable cause = StageFailure.cause(failure);
    if (cause instanceof ControlPlaneException e && (e.isNotFound() || e.isConflict())) {
      // Gone, or another of its name by now, which the watch tells us of.
      policies.remove(key, policy);
      return;
    }
    log.atWarn()
        .addKeyValue("policy", key)
        .addKeyValue("cause", String.valueOf(cause.getMessage()))
        .log("The status of a policy could not be written; it is tried again");
  }

  private static String path(PolicyKey key) {
    return "/apis/%s/namespaces/%s/%s/%s/status"
        .formatted(ScalingPolicy.API_VERSION, key.namespace(), ScalingPolicy.PLURAL, key.name());
  }

  /** With the uid, so that a later policy of the same name is not given this one's status. */
  private static ObjectNode object(PolicyKey key, String uid, ScalingPolicyStatus status) {
    ObjectNode object =
        JSON.createObjectNode()
            .put("apiVersion", ScalingPolicy.API_VERSION)
            .put("kind", ScalingPolicy.KIND);
    object
        .putObject("metadata")
        .put("namespace", key.namespace())
        .put("name", key.name())
        .put("uid", uid);
    object.set("status", JSON.valueToTree(status));
    return object;
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
