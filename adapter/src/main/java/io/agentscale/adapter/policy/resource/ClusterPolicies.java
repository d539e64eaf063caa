// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ClusterConnection;
import io.agentscale.adapter.cluster.ClusterWatch;
import io.agentscale.adapter.cluster.FollowStatus;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.policy.PolicyDefinition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySource;
import io.agentscale.adapter.schedule.Calendars;
import io.agentscale.adapter.yaml.InvalidYamlException;
import io.agentscale.adapter.yaml.YamlDocument;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.schedule.Exclusion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code ScalingPolicy}s of a cluster, and the ConfigMaps whose calendars they name. What the
 * watches see is told by one thread, in order; a policy whose calendar changes is told again.
 */
public final class ClusterPolicies implements PolicySource {
  private static final Logger log = LoggerFactory.getLogger(ClusterPolicies.class);

  private static final ResourceKind POLICIES =
      new ResourceKind(
          new GroupResource(ScalingPolicy.GROUP, ScalingPolicy.PLURAL),
          "scalingpolicy",
          ScalingPolicy.API_VERSION,
          ScalingPolicy.KIND,
          true);
  private static final ResourceKind CONFIG_MAPS =
      new ResourceKind(new GroupResource("", "configmaps"), "configmap", "v1", "ConfigMap", true);

  /** How often is looked whether the calendars that policies wait for are there. */
  private static final Duration WAIT = Duration.ofMillis(500);

  private final ClusterWatch watch;
  private final boolean confineQueries;
  private final CalendarMaps calendars = new CalendarMaps();
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("policies").factory());
  private final AtomicInteger untold = new AtomicInteger();
  private final Map<PolicyKey, JsonNode> statuses = new ConcurrentHashMap<>();

  /** Policies whose calendars are not known yet, and whether that was told as a refusal. */
  private final Map<PolicyKey, Boolean> waiting = new ConcurrentHashMap<>();

  private volatile boolean closed;

  // The teller's alone.
  private final Map<PolicyKey, Seen> seen = new HashMap<>();

  /** A policy as it was last seen. */
  private record Seen(String uid, long generation, String json) {
    boolean namesCalendars() {
      return json.contains(Exclusion.CALENDAR_PREFIX);
    }
  }

  private ClusterPolicies(ClusterWatch watch, boolean confineQueries) {
    this.watch = watch;
    this.confineQueries = confineQueries;
  }

  /**
   * Connects; nothing is asked of the API server before {@link #start}.
   *
   * @param namespaces the only ones that may be read; all when empty
   * @param confineQueries refuse queries that cannot be confined to their policy's namespace
   */
  public static ClusterPolicies connect(
      ClusterConnection connection,
      Set<String> namespaces,
      boolean confineQueries,
      InstantSource clock) {
    return new ClusterPolicies(ClusterWatch.connect(connection, namespaces, clock), confineQueries);
  }

  @Override
  public void start(Listener listener) {
    watch.followLabelled(CONFIG_MAPS, CalendarMaps.LABEL, new MapKeeper(this, listener));
    watch.follow(POLICIES, new PolicyKeeper(this, listener));
    var _ =
        teller.scheduleWithFixedDelay(
            () -> guarded(() -> tellWaiting(listener)),
            WAIT.toMillis(),
            WAIT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isSynced() {
    return followed(POLICIES).synced() && untold.get() == 0 && !waiting.containsValue(false);
  }

  /** Returns how well policies and calendars are known, by the kind's qualified plural. */
  public Map<String, FollowStatus> follows() {
    return watch.status();
  }

  /** Returns the status a policy was last seen with, as JSON; empty if it has none. */
  Optional<JsonNode> status(PolicyKey key) {
    return Optional.ofNullable(statuses.get(key));
  }

  @Override
  public void close() {
    closed = true;
    teller.shutdownNow();
    watch.close();
  }

  private FollowStatus followed(ResourceKind kind) {
    return watch.status(kind).orElse(new FollowStatus(false, Optional.empty()));
  }

  private void later(Runnable task) {
    if (closed) {
      return;
    }
    untold.incrementAndGet();
    teller.execute(
        () -> {
          guarded(task);
          untold.decrementAndGet();
        });
  }

  /** One policy that meets a bug must not end the telling of all others. */
  private void guarded(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("Telling of a policy met a bug");
    }
  }

  private static PolicyKey key(JsonNode object) {
    return new PolicyKey(
        object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText());
  }

  /** Hears of policies. */
  private record PolicyKeeper(ClusterPolicies policies, Listener listener)
      implements ClusterWatch.Keeper {
    @Override
    public void keep(JsonNode object) {
      PolicyKey key = key(object);
      if (object.has("status")) {
        policies.statuses.put(key, object.get("status"));
      } else {
        policies.statuses.remove(key);
      }
      Seen now =
          new Seen(
              object.at("/metadata/uid").asText(),
              object.at("/metadata/generation").asLong(),
              read(object));
      policies.later(() -> policies.saw(key, now, listener));
    }

    @Override
    public void forget(String namespace, String name) {
      PolicyKey key = new PolicyKey(namespace, name);
      policies.statuses.remove(key);
      policies.later(() -> policies.lost(key, listener));
    }

    private static String read(JsonNode object) {
      ObjectNode policy = object.deepCopy();
      policy.remove("status");
      policy.withObject("/metadata").remove(List.of("managedFields", "annotations", "labels"));
      return policy.toString();
    }
  }

  private void saw(PolicyKey key, Seen now, Listener listener) {
    Seen before = seen.put(key, now);
    if (before != null && before.uid.equals(now.uid)) {
      // What changed may be no more than the status we wrote ourselves.
      if (before.generation == now.generation) {
        return;
      }
    } else if (before != null) {
      waiting.remove(key);
      listener.removed(key);
    }
    tell(key, now, listener);
  }

  private void lost(PolicyKey key, Listener listener) {
    waiting.remove(key);
    if (seen.remove(key) != null) {
      listener.removed(key);
    }
  }

  private void tell(PolicyKey key, Seen policy, Listener listener) {
    FollowStatus known = followed(CONFIG_MAPS);
    if (!policy.namesCalendars() || known.synced()) {
      waiting.remove(key);
    } else {
      waiting.put(key, known.failure().isPresent());
      if (known.failure().isEmpty()) {
        return;
      }
    }
    try {
      PolicyReader reader = new PolicyReader(this::calendars, true, confineQueries);
      PolicyDefinition definition =
          YamlDocument.parse(key.toString(), Path.of("."), policy.json, reader::policy);
      listener.defined(definition);
    } catch (InvalidYamlException e) {
      List<String> problems =
          e.problems().stream().map(p -> p.field() + ": " + p.message()).toList();
      log.atWarn()
          .addKeyValue("policy", key)
          .addKeyValue("cause", String.join("; ", problems))
          .log("A policy was refused");
      listener.refused(key, policy.uid, policy.generation, problems);
    }
  }

  private Calendars calendars(String namespace) {
    FollowStatus status = followed(CONFIG_MAPS);
    if (status.synced()) {
      return calendars.in(namespace);
    }
    return name -> {
      throw new IllegalArgumentException(
          "must name a calendar that can be read, was: %s (%s)"
              .formatted(
                  name, status.failure().map(FollowStatus.Failure::cause).orElse("no answer yet")));
    };
  }

  /**
   * Tells of those that wait, as soon as their calendars are known, or known not to be readable.
   */
  private void tellWaiting(Listener listener) {
    if (waiting.isEmpty()) {
      return;
    }
    FollowStatus known = followed(CONFIG_MAPS);
    if (known.synced()) {
      tellAgain(waiting::containsKey, listener);
    } else if (known.failure().isPresent()) {
      tellAgain(key -> Boolean.FALSE.equals(waiting.get(key)), listener);
    }
  }

  private void tellAgain(Predicate<PolicyKey> which, Listener listener) {
    for (Map.Entry<PolicyKey, Seen> policy : List.copyOf(seen.entrySet())) {
      if (policy.getValue().namesCalendars() && which.test(policy.getKey())) {
        tell(policy.getKey(), policy.getValue(), listener);
      }
    }
  }

  /** Hears of the ConfigMaps with calendars. */
  private record MapKeeper(ClusterPolicies policies, Listener listener)
      implements ClusterWatch.Keeper {
    @Override
    public void keep(JsonNode object) {
      Map<String, String> texts = new HashMap<>();
      object.path("data").properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
      PolicyKey id = key(object);
      if (policies.calendars.put(new CalendarMaps.Id(id.namespace(), id.name()), texts)) {
        policies.calendarsChanged(id.namespace(), listener);
      }
    }

    @Override
    public void forget(String namespace, String name) {
      if (policies.calendars.remove(new CalendarMaps.Id(namespace, name))) {
        policies.calendarsChanged(namespace, listener);
      }
    }
  }

  private void calendarsChanged(String namespace, Listener listener) {
    later(
        () ->
            tellAgain(
                key -> key.namespace().equals(namespace) && !waiting.containsKey(key), listener));
  }
}
