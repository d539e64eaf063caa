// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.interest;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ClusterWatch;
import io.agentscale.adapter.cluster.FollowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of all HorizontalPodAutoscalers, prepared before the first of them asks, and again
 * from time to time so that what is prepared stays fresh. Those of an autoscaler that is gone are
 * no longer prepared, and so forgotten by whoever keeps them.
 *
 * <p>Nothing depends on it but speed: where the autoscalers cannot be read, metrics are fetched
 * when they are asked for.
 */
public final class Interests implements ClusterWatch.Keeper {
  private static final Logger log = LoggerFactory.getLogger(Interests.class);

  /** As many as are kept fresh at most, see {@code FreshCache}. */
  public static final int MOST = 10_000;

  /** Well below the minute after which what nobody asks for is forgotten. */
  private static final Duration PERIOD = Duration.ofSeconds(20);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Function<Interest, CompletionStage<Boolean>> preparation;
  private final int most;
  private final Map<String, Set<Interest>> byAutoscaler = new ConcurrentSkipListMap<>();
  private final Map<Interest, Instant> due = new ConcurrentHashMap<>();
  private volatile boolean changed;
  private volatile List<Interest> wanted = List.of();
  private Optional<String> trouble = Optional.empty();

  /**
   * Creates them, empty.
   *
   * @param preparation fetches what a metric is answered from; {@code false} if it cannot yet
   */
  public Interests(Function<Interest, CompletionStage<Boolean>> preparation) {
    this(preparation, MOST);
  }

  Interests(Function<Interest, CompletionStage<Boolean>> preparation, int most) {
    this.preparation = preparation;
    this.most = most;
  }

  @Override
  public void keep(JsonNode autoscaler) {
    String namespace = autoscaler.at("/metadata/namespace").asText();
    String name = autoscaler.at("/metadata/name").asText();
    Set<Interest> now = AutoscalerMetrics.of(namespace, autoscaler);
    // Most changes are the controller's, of the status.
    if (!now.equals(byAutoscaler.put(key(namespace, name), now))) {
      changed = true;
    }
  }

  @Override
  public void forget(String namespace, String name) {
    if (byAutoscaler.remove(key(namespace, name)) != null) {
      changed = true;
    }
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** Returns how many different metrics are kept prepared. */
  public int size() {
    return wanted.size();
  }

  /** Prepares what is new, and what was prepared a while ago. Called every second or so. */
  public void tick(Instant now) {
    if (changed) {
      changed = false;
      recollect();
    }
    for (Interest interest : wanted) {
      if (!due.getOrDefault(interest, Instant.MIN).isAfter(now)) {
        due.put(interest, now.plus(PERIOD));
        var _ =
            preparation
                .apply(interest)
                .whenComplete(
                    (prepared, failure) -> {
                      if (failure != null || !prepared) {
                        due.computeIfPresent(interest, (_, _) -> now.plus(RETRY));
                      }
                    });
      }
    }
  }

  private void recollect() {
    Set<Interest> all = new LinkedHashSet<>();
    byAutoscaler.values().forEach(all::addAll);
    if (all.size() > most && wanted.size() < most) {
      log.atWarn()
          .addKeyValue("metrics", all.size())
          .addKeyValue("limit", most)
          .log("Autoscalers want more metrics than are prepared ahead; the others when asked for");
    }
    wanted = all.stream().limit(most).toList();
    due.keySet().retainAll(Set.copyOf(wanted));
  }

  /** Logs when the autoscalers can no longer be followed, and when they can again. */
  public void watch(Supplier<FollowStatus> following) {
    Optional<String> now = following.get().failure().map(FollowStatus.Failure::cause);
    if (now.isPresent() && trouble.isEmpty()) {
      log.atWarn()
          .addKeyValue("cause", now.get())
          .log("Autoscalers cannot be followed; their metrics are fetched when they are asked for");
    } else if (now.isEmpty() && trouble.isPresent()) {
      log.atInfo().log("Autoscalers are followed again");
    }
    trouble = now;
  }
}
