// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.adapter.policy.PolicyKey;
import io.agentscale.adapter.policy.PolicySnapshot;
import io.agentscale.core.metric.Quantity;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * All streams that are open, by the trigger they follow. Policies' streams hear of every decision
 * at once; metrics are looked at whenever {@link #tick} is called. Closed, every stream has ended
 * cleanly, and new ones end at once.
 */
final class OpenStreams implements PolicyBoard.Listener, AutoCloseable {
  private static final Duration REMINDED_EVERY = Duration.ofMinutes(1);

  private final Triggers triggers;
  private final int most;
  private final Map<Trigger, Set<Watch>> watches = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;
  private Instant reminded;

  /**
   * @param most streams at the same time; others are refused
   */
  OpenStreams(Triggers triggers, int most) {
    this.triggers = triggers;
    this.most = most;
    this.reminded = triggers.now();
  }

  /** Returns how many streams are open. */
  int size() {
    return open.get();
  }

  /**
   * Opens a stream to a client and tells it what is known.
   *
   * @param watching what it is told
   */
  <M> void open(
      Trigger trigger,
      ServerCallStreamObserver<M> client,
      Function<TriggerStream<M>, Watch> watching) {
    TriggerStream<M> stream = new TriggerStream<>(client);
    Watch watch = watching.apply(stream);
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      stream.fail(
          Status.RESOURCE_EXHAUSTED
              .withDescription("there are " + most + " streams, the most this server keeps")
              .asException());
      return;
    }
    client.setOnReadyHandler(stream::flush);
    client.setOnCancelHandler(
        () -> {
          stream.cancelled();
          remove(trigger, watch);
        });
    watches.compute(
        trigger,
        (_, known) -> {
          Set<Watch> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(watch);
          return all;
        });
    look(trigger, List.of(watch));
    if (closed || client.isCancelled()) {
      stream.complete();
      remove(trigger, watch);
    }
  }

  @Override
  public void posted(PolicySnapshot snapshot) {
    triggers.note(snapshot);
    Trigger trigger = new Trigger.OfPolicy(snapshot.definition().key());
    look(trigger, watches.getOrDefault(trigger, Set.of()));
  }

  @Override
  public void removed(PolicyKey key) {
    Trigger.OfPolicy trigger = new Trigger.OfPolicy(key);
    triggers.forget(trigger);
    StatusException gone =
        Status.NOT_FOUND.withDescription("policy " + key + " is gone").asException();
    for (Watch watch : watches.getOrDefault(trigger, Set.of())) {
      watch.stream().fail(gone);
      remove(trigger, watch);
    }
  }

  /** Looks at the metrics that streams follow, and now and then reminds of what was told. */
  void tick() {
    watches.forEach(
        (trigger, followers) -> {
          if (trigger instanceof Trigger.OfMetric) {
            look(trigger, followers);
          }
        });
    Instant now = triggers.now();
    if (!now.isBefore(reminded.plus(REMINDED_EVERY))) {
      reminded = now;
      watches.values().forEach(followers -> followers.forEach(Watch::remind));
    }
  }

  /** What is not known now is not told: the next look may know. */
  private void look(Trigger trigger, Iterable<Watch> followers) {
    if (!followers.iterator().hasNext()) {
      return;
    }
    try {
      Quantity target = triggers.target(trigger);
      followers.forEach(watch -> watch.sized(target));
    } catch (StatusException e) {
      followers.forEach(
          watch -> {
            watch.stream().fail(e);
            remove(trigger, watch);
          });
      return;
    }
    var _ =
        triggers
            .value(trigger)
            .thenAccept(value -> followers.forEach(watch -> watch.valued(value)));
  }

  private void remove(Trigger trigger, Watch watch) {
    watches.computeIfPresent(
        trigger,
        (_, known) -> {
          if (known.remove(watch)) {
            open.decrementAndGet();
          }
          return known.isEmpty() ? null : known;
        });
  }

  @Override
  public void close() {
    closed = true;
    watches.forEach(
        (trigger, followers) ->
            followers.forEach(
                watch -> {
                  watch.stream().complete();
                  remove(trigger, watch);
                }));
  }
}
