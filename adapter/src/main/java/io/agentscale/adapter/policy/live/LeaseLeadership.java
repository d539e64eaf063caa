// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.policy.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.sample.StageFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease, with the times of Kubernetes' own controllers: who holds it renews it
 * every two seconds and stops ten seconds after the last success; others take it fifteen seconds
 * after they last saw it change. Both judge by their own clocks, never by the times in the Lease.
 */
public final class LeaseLeadership implements Leadership, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseLeadership.class);

  static final Duration LEASE = Duration.ofSeconds(15);
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  static final Duration RETRY = Duration.ofSeconds(2);
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ControlPlane controlPlane;
  private final Place place;
  private final String identity;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());
  private volatile Term term = Term.NONE;
  private Seen seen = new Seen("", "", 0);

  /**
   * Where the Lease is.
   *
   * @param namespace it lives in
   * @param name of it
   */
  public record Place(String namespace, String name) {
    String collection() {
      return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    }

    String path() {
      return collection() + "/" + name;
    }
  }

  /**
   * Until when we hold it. A machine that slept is told by its clock, one set back by the other.
   */
  private record Term(boolean held, long untilNanos, Instant until) {
    static final Term NONE = new Term(false, 0, Instant.MIN);
  }

  /** The Lease as it was when it last changed, and when that was. */
  private record Seen(String holder, String version, long sinceNanos) {}

  public LeaseLeadership(
      ControlPlane controlPlane, Place place, String identity, InstantSource clock) {
    this(controlPlane, place, identity, clock, System::nanoTime);
  }

  LeaseLeadership(
      ControlPlane controlPlane,
      Place place,
      String identity,
      InstantSource clock,
      LongSupplier nanos) {
    this.controlPlane = controlPlane;
    this.place = place;
    this.identity = identity;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Begins to stand for it. */
  public void start() {
    var _ =
        keeper.scheduleWithFixedDelay(this::campaign, 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isHeld() {
    Term now = term;
    return now.held
        && nanos.getAsLong() - now.untilNanos < 0
        && clock.instant().isBefore(now.until);
  }

  /** Takes or renews the Lease if it may be had. */
  void campaign() {
    boolean before = isHeld();
    try {
      tryToHold();
    } catch (RuntimeException e) {
      // What is held runs out by itself; a scheduled task that throws is never run again.
      log.atWarn()
          .addKeyValue("lease", place.namespace + "/" + place.name)
          .addKeyValue("cause", e.getMessage())
          .log("The Lease could not be looked after, it is tried again");
    }
    boolean after = isHeld();
    if (before != after) {
      log.atInfo()
          .addKeyValue("identity", identity)
          .addKeyValue("leader", after)
          .log("Leadership changed");
    }
  }

  private void tryToHold() {
    long asked = nanos.getAsLong();
    Instant now = clock.instant();
    Optional<JsonNode> found = read();
    if (found.isEmpty()) {
      if (done(() -> controlPlane.create(place.collection(), lease(Optional.empty(), now)))) {
        hold(asked, now);
      }
      return;
    }
    JsonNode lease = found.get();
    String holder = lease.path("spec").path("holderIdentity").asText();
    String version = lease.path("metadata").path("resourceVersion").asText();
    if (!holder.equals(seen.holder) || !version.equals(seen.version)) {
      seen = new Seen(holder, version, nanos.getAsLong());
    }
    boolean isExpired = asked - seen.sinceNanos >= LEASE.toNanos();
    if (!holder.isEmpty() && !holder.equals(identity) && !isExpired) {
      term = Term.NONE;
      return;
    }
    if (done(() -> controlPlane.apply(place.path(), lease(found, now), true))) {
      hold(asked, now);
    } else {
      term = Term.NONE;
    }
  }

  private void hold(long asked, Instant now) {
    term = new Term(true, asked + RENEW_DEADLINE.toNanos(), now.plus(RENEW_DEADLINE));
  }

  private Optional<JsonNode> read() {
    try {
      return Optional.of(joined(controlPlane.get(place.path())));
    } catch (ControlPlaneException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Tells whether it was done; not if another one was faster. */
  private static boolean done(java.util.function.Supplier<CompletionStage<JsonNode>> write) {
    try {
      var _ = joined(write.get());
      return true;
    } catch (ControlPlaneException e) {
      if (e.isConflict()) {
        return false;
      }
      throw e;
    }
  }

  private static JsonNode joined(CompletionStage<JsonNode> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (java.util.concurrent.CompletionException e) {
      if (StageFailure.cause(e) instanceof ControlPlaneException known) {
        throw known;
      }
      throw e;
    }
  }

  private ObjectNode lease(Optional<JsonNode> before, Instant now) {
    JsonNode spec =
        before.map(lease -> lease.path("spec")).orElse(JsonNodeFactory.instance.objectNode());
    boolean isOurs = spec.path("holderIdentity").asText().equals(identity);
    ObjectNode lease = frame();
    before.ifPresent(
        known ->
            lease
                .withObject("metadata")
                .put("resourceVersion", known.path("metadata").path("resourceVersion").asText()));
    String time = MICRO_TIME.format(now);
    lease
        .putObject("spec")
        .put("holderIdentity", identity)
        .put("leaseDurationSeconds", (int) LEASE.toSeconds())
        .put("acquireTime", isOurs ? spec.path("acquireTime").asText(time) : time)
        .put("renewTime", time)
        .put(
            "leaseTransitions",
            spec.path("leaseTransitions").asInt() + (isOurs || before.isEmpty() ? 0 : 1));
    return lease;
  }

  private ObjectNode frame() {
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("namespace", place.namespace).put("name", place.name);
    return lease;
  }

  /** Stops, and lets another one take the Lease at once. */
  @Override
  public void close() {
    boolean held = isHeld();
    term = Term.NONE;
    keeper.shutdownNow();
    if (held) {
      try {
        giveUp();
      } catch (RuntimeException e) {
        log.atInfo().addKeyValue("cause", e.getMessage()).log("The Lease runs out by itself");
      }
    }
  }

  private void giveUp() {
    JsonNode known = joined(controlPlane.get(place.path()));
    if (known.path("spec").path("holderIdentity").asText().equals(identity)) {
      ObjectNode lease = lease(Optional.of(known), clock.instant());
      lease.withObject("spec").put("holderIdentity", "").put("leaseDurationSeconds", 1);
      var _ = joined(controlPlane.apply(place.path(), lease, true));
    }
  }
}
