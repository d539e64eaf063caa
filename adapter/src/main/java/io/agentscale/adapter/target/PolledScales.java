// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.cluster.ResourceMapper;
import io.agentscale.adapter.workload.Fields;
import io.agentscale.apiservice.provider.GroupResource;
import io.agentscale.core.metric.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scales of workloads of kinds that are not followed, such as Rollouts or LeaderWorkerSets: read
 * one after the other by a thread of its own, every {@link #INTERVAL} for as long as they are asked
 * about.
 */
final class PolledScales implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PolledScales.class);

  /** As often as an autoscaler looks. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final Duration UNASKED = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private final ResourceMapper kinds;
  private final InstantSource clock;
  private final Map<TargetKey, Polled> polled = new ConcurrentHashMap<>();
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("scales").daemon().factory());

  /**
   * What is known of one scale.
   *
   * @param askedAt when somebody last wanted to know
   * @param known what was read last; empty if nothing could be read yet
   * @param readAt when that was
   * @param failure why the last try failed; empty if it did not
   */
  private record Polled(
      Instant askedAt,
      Optional<ScaleReading> known,
      Instant readAt,
      Optional<String> failure) {

    Polled asked(Instant now) {
      return new Polled(now, known, readAt, failure);
    }
  }

  PolledScales(
      ControlPlane controlPlane, ResourceMapper kinds, InstantSource clock, Duration interval) {
    this.controlPlane = controlPlane;
    this.kinds = kinds;
    this.clock = clock;
    var _ =
        poller.scheduleWithFixedDelay(
            this::pollAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns what is known; the first question has the scale read soon. */
  ScaleReading read(TargetKey target) {
    Instant now = clock.instant();
    Polled known = polled.get(target);
    if (known == null) {
      polled.put(target, new Polled(now, Optional.empty(), now, Optional.empty()));
      poller.execute(() -> poll(target));
      return new ScaleReading.Unknown("the scale of " + target.reference() + " is being read");
    }
    polled.computeIfPresent(target, (_, present) -> present.asked(now));
    boolean held = now.isBefore(known.readAt.plus(FollowedKinds.HELD));
    if (known.known.isPresent() && (known.failure.isEmpty() || held)) {
      return known.known.get();
    }
    return new ScaleReading.Unknown(
        known.failure.orElse("the scale of " + target.reference() + " is being read"));
  }

  private void pollAll() {
    Instant now = clock.instant();
    polled.values().removeIf(one -> one.askedAt.plus(UNASKED).isBefore(now));
    polled.keySet().forEach(this::poll);
  }

  private void poll(TargetKey target) {
    try {
      ScaleReading reading = ask(target);
      Instant now = clock.instant();
      polled.computeIfPresent(
          target,
          (_, before) -> new Polled(before.askedAt, Optional.of(reading), now, Optional.empty()));
    } catch (RuntimeException e) {
      // The thread has to live on: what is known is held for a while, then the cause is told.
      log.atDebug().addKeyValue("target", target).setCause(e).log("A scale could not be read");
      polled.computeIfPresent(
          target,
          (_, before) ->
              new Polled(
                  before.askedAt, before.known, before.readAt, Optional.of(cause(target, e))));
    }
  }

  private static String cause(TargetKey target, RuntimeException e) {
    Throwable cause =
        e instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : e;
    return "the scale of %s in %s cannot be read: %s"
        .formatted(target.reference(), target.namespace(), cause.getMessage());
  }

  private ScaleReading ask(TargetKey target) {
    GroupResource named =
        new GroupResource(target.group(), target.reference().kind().toLowerCase(Locale.ROOT));
    Optional<ResourceKind> kind = kinds.resolve(named);
    if (kind.isEmpty()) {
      return new ScaleReading.Unknown(
          "the cluster has no kind %s of %s: correct spec.scaleTargetRef, or install it"
              .formatted(target.reference().kind(), target.reference().apiVersion()));
    }
    try {
      return reading(
          target, controlPlane.get(path(target, kind.get())).toCompletableFuture().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ControlPlaneException refused && refused.isNotFound()) {
        return new ScaleReading.Unknown(
            "%s does not exist in namespace %s, or its kind has no scale subresource: create it,"
                    .formatted(target.reference(), target.namespace())
                + " or correct spec.scaleTargetRef");
      }
      throw e;
    }
  }

  private static String path(TargetKey target, ResourceKind kind) {
    return "%s%s/namespaces/%s/%s/%s/scale"
        .formatted(
            kind.resource().group().isEmpty() ? "/api/" : "/apis/",
            kind.apiVersion(),
            target.namespace(),
            kind.resource().resource(),
            target.reference().name());
  }

  private static ScaleReading reading(TargetKey target, JsonNode scale) {
    Fields fields = Fields.of(scale);
    Optional<String> selector = fields.section("status").text("selector");
    if (selector.isEmpty()) {
      return new ScaleReading.Unknown(
          "the scale of %s has no status.selector, so that its pods cannot be told from others:"
                  .formatted(target.reference())
              + " its definition needs labelSelectorPath");
    }
    return new ScaleReading.Known(
        // Zero is left out of the JSON.
        fields.section("spec").count("replicas").orElse(0),
        LabelSelector.parse(selector.get()),
        Optional.empty());
  }

  @Override
  public void close() {
    poller.shutdownNow();
  }
}
