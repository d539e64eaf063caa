// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentscale.adapter.cluster.ClusterWatch;
import io.agentscale.adapter.cluster.FollowStatus;
import io.agentscale.adapter.cluster.ResourceKind;
import io.agentscale.adapter.workload.MalformedObjectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds that matter to scaling, each on its shelf, with how far each can be believed. */
final class FollowedKinds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowedKinds.class);

  /** How long what was known last stands in while the API server does not answer. */
  static final Duration HELD = Duration.ofMinutes(5);

  private static final int FORBIDDEN = 403;

  private final ClusterWatch watch;

  FollowedKinds(ClusterWatch watch) {
    this.watch = watch;
  }

  /** How far a kind's objects can be believed. */
  sealed interface Trust {
    /** What the shelf has is all there is. */
    record Complete() implements Trust {}

    /** The cluster has no such kind, and so no such objects. */
    record NotInstalled() implements Trust {}

    /** They are being listed for the first time. */
    record Listing(String cause) implements Trust {}

    /** Nothing can be said of such objects yet, or any more. */
    record Blind(String cause) implements Trust {}
  }

  /**
   * Starts to follow a kind.
   *
   * @param reader takes of an object what is needed
   * @param keys under which it is to be found
   */
  <T> Shelf<T> follow(
      ResourceKind kind, Function<JsonNode, T> reader, Function<T, Set<String>> keys) {
    Shelf<T> shelf = new Shelf<>(keys);
    watch.follow(kind, new ShelfKeeper<>(kind, shelf, reader));
    return shelf;
  }

  Trust trust(ResourceKind kind, Instant now) {
    FollowStatus status = watch.status(kind).orElseThrow();
    Optional<FollowStatus.Failure> failure = status.failure();
    if (failure.isEmpty()) {
      return status.synced()
          ? new Trust.Complete()
          : new Trust.Listing("the " + kind.resource() + " are still being listed");
    }
    if (failure.get().isNotInstalled()) {
      return new Trust.NotInstalled();
    }
    boolean held = status.synced() && now.isBefore(failure.get().since().plus(HELD));
    return held ? new Trust.Complete() : new Trust.Blind(blind(kind, failure.get()));
  }

  private static String blind(ResourceKind kind, FollowStatus.Failure failure) {
    return "the %s cannot be read since %s: %s; %s"
        .formatted(
            kind.resource(),
            failure.since(),
            failure.cause(),
            failure.httpStatus() == FORBIDDEN
                ? "allow the service account to list and watch them"
                : "see the API server");
  }

  private record ShelfKeeper<T>(ResourceKind kind, Shelf<T> shelf, Function<JsonNode, T> reader)
      implements ClusterWatch.Keeper {
    @Override
    public void keep(JsonNode object) {
      String namespace = object.at("/metadata/namespace").asText();
      String name = object.at("/metadata/name").asText();
      try {
        // The items of a list leave their kind out.
        shelf.put(
            namespace, name, reader.apply(((ObjectNode) object).put("kind", kind.kind())));
      } catch (MalformedObjectException e) {
        shelf.remove(namespace, name);
        log.atWarn()
            .addKeyValue("kind", kind.kind())
            .addKeyValue("object", namespace + "/" + name)
            .addKeyValue("cause", e.field() + ": " + e.getMessage())
            .log("An object of the cluster cannot be understood and is left out");
      }
    }

    @Override
    public void forget(String namespace, String name) {
      shelf.remove(namespace, name);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
