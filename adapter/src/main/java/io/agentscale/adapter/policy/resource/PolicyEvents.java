// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.resource;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.policy.PolicyCondition;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.adapter.sample.StageFailure;
import io.agentscale.core.policy.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes of cause as Kubernetes Events: another winner or limit, a floor held or given
 * back, a conflict, a refused spec. The same again within a while is counted in the Event there is;
 * a policy that changes its mind all the time is cut short. Whoever holds the lease calls it; no
 * call blocks.
 */
public final class PolicyEvents {
  private static final Logger log = LoggerFactory.getLogger(PolicyEvents.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The same within this time is a series, not another Event. */
  static final Duration SERIES = Duration.ofMinutes(30);

  /** So many at once, and one more every so often. */
  static final int BURST = 10;

  static final Duration REFILL = Duration.ofMinutes(1);

  /** As the API server allows. */
  private static final int LONGEST_NOTE = 1024;

  private final ControlPlane controlPlane;
  private final InstantSource clock;
  private final String instance;
  private final Map<PolicyKey, Told> policies = new HashMap<>();

  /** What was said of a policy. */
  private static final class Told {
    private final String uid;
    private final Map<String, Sent> sent = new HashMap<>();
    private Optional<String> cause = Optional.empty();
    private Map<PolicyCondition.Type, PolicyCondition.Status> conditions = Map.of();
    private int left = BURST;
    private Instant refilled;

    Told(String uid, Instant now) {
      this.uid = uid;
      this.refilled = now;
    }
  }

  /** An Event that was sent. */
  private record Sent(ObjectNode event, int count, Instant last) {}

  private record News(boolean isWarning, String reason, String note) {}

  /**
   * Creates a teller.
   *
   * @param instance which replica of the service this is, such as its pod's name
   */
  public PolicyEvents(ControlPlane controlPlane, String instance, InstantSource clock) {
    this.controlPlane = controlPlane;
    this.instance = instance;
    this.clock = clock;
  }

  /** Tells what is new since the last time. The first time says nothing but what is wrong. */
  public synchronized void tell(PolicySnapshot snapshot) {
    PolicyKey key = snapshot.definition().key();
    if (snapshot.definition().uid().isEmpty()) {
      return;
    }
    Told told = told(key, snapshot.definition().uid());
    List<News> news = new ArrayList<>();
    snapshot
        .latest()
        .ifPresent(record -> cause(record.decision().explanation(), told).ifPresent(news::add));
    snapshot.conditions().forEach(condition -> condition(condition, told).ifPresent(news::add));
    Map<PolicyCondition.Type, PolicyCondition.Status> conditions = new HashMap<>();
    snapshot.conditions().forEach(c -> conditions.put(c.type(), c.status()));
    told.conditions = conditions;
    news.forEach(one -> send(key, told, one));
  }

  /** Tells that a spec cannot be followed. */
  public synchronized void tellRefused(PolicyKey key, String uid, List<String> problems) {
    if (!uid.isEmpty()) {
      send(key, told(key, uid), new News(true, "SpecRefused", String.join("; ", problems)));
    }
  }

  /** Forgets a policy that is gone. */
  public synchronized void forget(PolicyKey key) {
    policies.remove(key);
  }

  private Told told(PolicyKey key, String uid) {
    return policies.compute(
        key,
        (_, before) ->
            before != null && before.uid.equals(uid) ? before : new Told(uid, clock.instant()));
  }

  private static Optional<News> cause(Explanation explanation, Told told) {
    String winner = camel(explanation.winner());
    String limits =
        explanation.clamps().stream().map(c -> "LimitedBy" + camel(c.limit())).collect(joining());
    String cause = limits.isEmpty() ? winner + "Decides" : winner + limits;
    boolean isNew = told.cause.isPresent() && !told.cause.get().equals(cause);
    told.cause = Optional.of(cause);
    return isNew ? Optional.of(new News(false, cause, explanation.headline())) : Optional.empty();
  }

  private static Optional<News> condition(PolicyCondition condition, Told told) {
    PolicyCondition.Status before = told.conditions.get(condition.type());
    boolean changed = before != condition.status();
    boolean holds = condition.status() == PolicyCondition.Status.TRUE;
    return switch (condition.type()) {
      case FLOOR_HELD ->
          changed && (holds || before == PolicyCondition.Status.TRUE)
              ? Optional.of(
                  new News(false, holds ? "FloorHeld" : "FloorGivenBack", condition.message()))
              : Optional.empty();
      case CONFLICT ->
          changed && (holds || before == PolicyCondition.Status.TRUE)
              ? Optional.of(
                  new News(holds, holds ? "Conflict" : "ConflictOver", condition.message()))
              : Optional.empty();
      case DEMAND_KNOWN ->
          changed && (before != null || !holds)
              ? Optional.of(
                  new News(!holds, holds ? "DemandKnown" : "DemandUnknown", condition.message()))
              : Optional.empty();
      case FORECAST_ACTIVE ->
          changed && before != null
              ? Optional.of(
                  new News(
                      false, holds ? "ForecastActive" : "ForecastResting", condition.message()))
              : Optional.empty();
      case READY, LIMITED -> Optional.empty();
    };
  }

  private static String camel(Enum<?> constant) {
    String name = constant.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private void send(PolicyKey key, Told told, News news) {
    Instant now = clock.instant();
    if (!mayTell(told, now)) {
      return;
    }
    told.sent.values().removeIf(sent -> sent.last.plus(SERIES).isBefore(now));
    String shortened =
        news.note.length() <= LONGEST_NOTE
            ? news.note
            : news.note.substring(0, LONGEST_NOTE - 1) + "…";
    Sent before = told.sent.get(news.reason);
    Sent next =
        before == null
            ? new Sent(event(key, told.uid, news, shortened, now), 1, now)
            : new Sent(again(before, now), before.count + 1, now);
    told.sent.put(news.reason, next);
    String path =
        "/apis/events.k8s.io/v1/namespaces/%s/events/%s"
            .formatted(key.namespace(), next.event.at("/metadata/name").asText());
    var _ =
        controlPlane
            .apply(path, next.event, true)
            .exceptionally(
                failure -> {
                  log.atDebug()
                      .addKeyValue("policy", key)
                      .addKeyValue(
                          "cause", String.valueOf(StageFailure.cause(failure).getMessage()))
                      .log("An Event could not be written");
                  return next.event;
                });
  }

  private static boolean mayTell(Told told, Instant now) {
    long earned = Duration.between(told.refilled, now).dividedBy(REFILL);
    if (earned > 0) {
      told.left = (int) Math.min(BURST, told.left + earned);
      told.refilled = told.refilled.plus(REFILL.multipliedBy(earned));
    }
    if (told.left == 0) {
      return false;
    }
    told.left--;
    return true;
  }

  private ObjectNode event(PolicyKey key, String uid, News news, String note, Instant now) {
    ObjectNode event =
        JSON.createObjectNode().put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
    String suffix =
        Long.toHexString(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000)
            + Integer.toHexString(news.reason.hashCode());
    event
        .putObject("metadata")
        .put("namespace", key.namespace())
        .put("name", key.name() + "." + suffix);
    event
        .put("eventTime", MICROS.format(now))
        .put("type", news.isWarning ? "Warning" : "Normal")
        .put("reason", news.reason)
        .put("action", "Scale")
        .put("note", note)
        .put("reportingController", "agentscale.io/agentscale")
        .put("reportingInstance", instance);
    event
        .putObject("regarding")
        .put("apiVersion", ScalingPolicy.API_VERSION)
        .put("kind", ScalingPolicy.KIND)
        .put("namespace", key.namespace())
        .put("name", key.name())
        .put("uid", uid);
    return event;
  }

  private static ObjectNode again(Sent before, Instant now) {
    ObjectNode event = before.event.deepCopy();
    event
        .putObject("series")
        .put("count", before.count + 1)
        .put("lastObservedTime", MICROS.format(now));
    return event;
  }
}
