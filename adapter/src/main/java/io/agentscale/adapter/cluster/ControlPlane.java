// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentscale.adapter.sample.StageFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The cluster's API server, asked in JSON for single objects. No call blocks: each ends within ten
 * seconds, with an answer or a {@link ControlPlaneException}; more than a hundred at once are
 * refused rather than queued, since whoever asks has a deadline too.
 */
public final class ControlPlane implements AutoCloseable {
  /** Owner, in the eyes of the API server, of the fields we apply. */
  public static final String FIELD_MANAGER = "agentscale";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int CONCURRENT_MAX = 100;

  private final KubernetesClient client;
  private final String root;
  private final Semaphore free = new Semaphore(CONCURRENT_MAX);

  private ControlPlane(KubernetesClient client) {
    this.client = client;
    this.root = client.getMasterUrl().toString().replaceFirst("/+$", "");
  }

  /** Connects; nothing is asked yet. */
  public static ControlPlane connect(ClusterConnection connection) {
    return new ControlPlane(connection.client());
  }

  /** Reads the object at a path. */
  public CompletionStage<JsonNode> get(String path) {
    return send("GET", path, client.getHttpClient().newHttpRequestBuilder().uri(root + path));
  }

  /** Creates an object in the collection at a path; returns it as the API server completed it. */
  public CompletionStage<JsonNode> create(String path, JsonNode object) {
    return send(
        "POST",
        path,
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(root + path)
            .post("application/json", object.toString()));
  }

  /**
   * Creates or changes the object at a path by server-side apply.
   *
   * @param object the fields we own; with a {@code resourceVersion}, only that one is changed
   * @param force take fields over that others own
   */
  public CompletionStage<JsonNode> apply(String path, JsonNode object, boolean force) {
    String uri = root + path + "?fieldManager=" + FIELD_MANAGER + "&force=" + force;
    return send(
        "PATCH",
        path,
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(uri)
            .patch("application/apply-patch+yaml", object.toString()));
  }

  /**
   * Changes some fields of an object that exists.
   *
   * @param patch the fields; null removes one; with a {@code resourceVersion}, only that one is
   *     changed
   */
  public CompletionStage<JsonNode> merge(String path, JsonNode patch) {
    return send(
        "PATCH",
        path,
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(root + path + "?fieldManager=" + FIELD_MANAGER)
            .patch("application/merge-patch+json", patch.toString()));
  }

  /**
   * Watches one ConfigMap until closed. Blocks until the watch is open.
   *
   * @param changed run on every event
   * @param ended run if the watch ends by itself
   * @throws ControlPlaneException if it cannot be opened
   */
  public AutoCloseable watchConfigMap(
      String namespace, String name, Runnable changed, Runnable ended) {
    try {
      return client
          .configMaps()
          .inNamespace(namespace)
          .withName(name)
          .watch(
              new Watcher<ConfigMap>() {
                @Override
                public void eventReceived(Action action, ConfigMap object) {
                  changed.run();
                }

                @Override
                public void onClose(WatcherException cause) {
                  ended.run();
                }
              });
    } catch (KubernetesClientException e) {
      throw new ControlPlaneException("cannot watch ConfigMap " + namespace + "/" + name, e);
    }
  }

  private CompletionStage<JsonNode> send(String verb, String path, HttpRequest.Builder request) {
    String what = verb + " " + root + path;
    if (!free.tryAcquire()) {
      return CompletableFuture.failedStage(
          new ControlPlaneException(
              0, what + ": not asked, " + CONCURRENT_MAX + " other calls are under way"));
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        client
            .getHttpClient()
            .sendAsync(request.header("Accept", "application/json").build(), byte[].class);
    return response
        .copy()
        .orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              free.release();
              if (failure != null) {
                response.cancel(true);
                throw new ControlPlaneException(what + ": " + cause(failure), failure);
              }
              return body(what, answer);
            });
  }

  private static JsonNode body(String what, HttpResponse<byte[]> answer) {
    String text = new String(answer.body(), UTF_8);
    try {
      JsonNode json = JSON.readTree(text);
      if (answer.isSuccessful()) {
        return json;
      }
      String message = json.path("message").asText(text.strip());
      throw new ControlPlaneException(
          answer.code(), what + ": HTTP " + answer.code() + ": " + message);
    } catch (JsonProcessingException e) {
      throw new ControlPlaneException(
          answer.code(), what + ": HTTP " + answer.code() + " with a body that is no JSON");
    }
  }

  private static String cause(Throwable failure) {
    Throwable cause = StageFailure.cause(failure);
    return cause instanceof java.util.concurrent.TimeoutException
        ? "no answer within " + DEADLINE.toSeconds() + " s"
        : cause.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
