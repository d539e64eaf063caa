// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.delegation;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentscale.adapter.cluster.ControlPlane;
import io.agentscale.adapter.cluster.ControlPlaneException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the cluster publishes about clients: watched, and read again every minute whatever
 * the watch says. What cannot be read or understood changes nothing, the last good content stays.
 *
 * <p>The watch only says when to read. All reading is done by one thread, one after the other, so
 * that an older content never replaces a newer one.
 */
final class PublishedTrust implements AutoCloseable {
  static final String NAMESPACE = "kube-system";
  static final String NAME = "extension-apiserver-authentication";
  static final String PATH = "/api/v1/namespaces/" + NAMESPACE + "/configmaps/" + NAME;

  private static final Logger log = LoggerFactory.getLogger(PublishedTrust.class);
  private static final Duration READ_EVERY = Duration.ofMinutes(1);
  private static final long RETRY_SECONDS = 1;

  private final ControlPlane controlPlane;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("published-trust").factory());
  private final CompletableFuture<Optional<String>> first = new CompletableFuture<>();
  private volatile ClientTrust trust = ClientTrust.NONE;
  private volatile Optional<String> unread = Optional.of("has not been read yet");
  private @Nullable AutoCloseable watch;

  private PublishedTrust(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** Begins to read the ConfigMap, and follows it from then on. */
  static PublishedTrust follow(ControlPlane controlPlane) {
    return follow(controlPlane, READ_EVERY);
  }

  /**
   * Does the same.
   *
   * @param readEvery how often it is read even if the watch tells of no change
   */
  static PublishedTrust follow(ControlPlane controlPlane, Duration readEvery) {
    PublishedTrust published = new PublishedTrust(controlPlane);
    published.reader.execute(published::readFirst);
    published.reader.execute(published::watch);
    var _ =
        published.reader.scheduleWithFixedDelay(
            published::read, readEvery.toMillis(), readEvery.toMillis(), TimeUnit.MILLISECONDS);
    return published;
  }

  /**
   * Waits until the ConfigMap was read, or could not be.
   *
   * @param tolerant go on even if it could not: then nobody's certificate is believed, and {@link
   *     #unready} says so, until it can
   * @throws IllegalArgumentException if it could not be read or understood
   */
  void await(boolean tolerant) {
    Optional<String> failure = first.join();
    if (failure.isPresent() && !tolerant) {
      throw new IllegalArgumentException(
          failure.get()
              + ". Bind our service account to the Role extension-apiserver-authentication-reader"
              + " of kube-system; or set server.auth.tolerateLookupFailure to start without, or"
              + " server.auth.delegated: false to leave the cluster out of it");
    }
  }

  /** Returns the last good content: the same object until it changes. */
  ClientTrust current() {
    return trust;
  }

  /** Returns why no client's certificate can be judged yet; empty once the content was read. */
  Optional<String> unready() {
    return unread.map(cause -> "ConfigMap " + NAMESPACE + "/" + NAME + ": " + cause);
  }

  @Override
  public void close() {
    reader.shutdownNow();
    closeWatch();
  }

  private void read() {
    try {
      accept(controlPlane.get(PATH).toCompletableFuture().join());
    } catch (CompletionException e) {
      failed(e.getCause() == null ? e : e.getCause());
    } catch (IllegalArgumentException e) {
      failed(e);
    }
  }

  private void readFirst() {
    try {
      readUntilKnown();
    } finally {
      first.complete(unready());
    }
  }

  private void readUntilKnown() {
    read();
    if (unread.isPresent()) {
      later(this::readUntilKnown, RETRY_SECONDS);
    }
  }

  private void accept(JsonNode configMap) {
    Map<String, String> data = new HashMap<>();
    configMap
        .path("data")
        .properties()
        .forEach(entry -> data.put(entry.getKey(), entry.getValue().asText()));
    ClientTrust found = ClientTrust.parse(data);
    if (!found.equals(trust) || unread.isPresent()) {
      trust = found;
      unread = Optional.empty();
      log.atInfo()
          .addKeyValue("clientAuthorities", found.clients().size())
          .addKeyValue("proxyAuthorities", found.proxies().size())
          .addKeyValue("proxyNames", found.names().allowedNames())
          .log("Client certificates of the cluster are honoured");
    }
    if (found.proxies().isEmpty()) {
      log.atWarn()
          .log(
              "The cluster publishes no requestheader-client-ca-file: its aggregator is a stranger");
    }
  }

  private void failed(Throwable failure) {
    if (unread.isPresent()) {
      unread = Optional.of(String.valueOf(failure.getMessage()));
    }
    log.atWarn()
        .addKeyValue("configMap", NAMESPACE + "/" + NAME)
        .addKeyValue("cause", failure.getMessage())
        .log("What the cluster publishes about clients cannot be used, the last good stays");
  }

  private void watch() {
    closeWatch();
    try {
      watch = controlPlane.watchConfigMap(NAMESPACE, NAME, this::changed, this::ended);
      // What changed while nobody watched.
      read();
    } catch (ControlPlaneException e) {
      log.atDebug().setCause(e).log("cannot watch the ConfigMap, trying again");
      ended();
    }
  }

  private void changed() {
    later(this::read, 0);
  }

  private void ended() {
    later(this::watch, RETRY_SECONDS);
  }

  private void later(Runnable task, long seconds) {
    try {
      var _ = reader.schedule(task, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      log.atDebug().setCause(e).log("closed");
    }
  }

  private void closeWatch() {
    try {
      if (watch != null) {
        watch.close();
      }
    } catch (Exception e) {
      log.atDebug().setCause(e).log("the watch did not close cleanly");
    }
  }
}
