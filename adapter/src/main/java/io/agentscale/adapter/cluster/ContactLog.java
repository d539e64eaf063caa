// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.cluster;

import io.agentscale.adapter.cluster.FollowStatus.Failure;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers by path since when the API server does not answer. The informers themselves do not
 * tell: they reconnect a lost watch for ever and count as watching all the while.
 */
final class ContactLog implements Interceptor {
  private static final Logger log = LoggerFactory.getLogger(ContactLog.class);

  private final InstantSource clock;
  private final ConcurrentMap<String, Failure> failures = new ConcurrentHashMap<>();

  ContactLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (response.isSuccessful()) {
      if (failures.remove(request.uri().getPath()) != null) {
        log.atInfo()
            .addKeyValue("path", request.uri().getPath())
            .log("The API server answers again");
      }
    } else {
      failed(
          request, response.code(), "HTTP " + response.code() + " from " + request.uri().getPath());
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable cause) {
    failed(request, 0, cause.toString());
  }

  private void failed(HttpRequest request, int httpStatus, String cause) {
    String path = request.uri().getPath();
    if (!failures.containsKey(path)) {
      log.atWarn()
          .addKeyValue("path", path)
          .addKeyValue("cause", cause)
          .log("The API server does not give what is followed; it is asked again until it does");
    }
    failures.merge(
        path,
        new Failure(clock.instant(), httpStatus, cause),
        (first, last) -> new Failure(first.since(), last.httpStatus(), last.cause()));
  }

  /** Returns the failure of a path that lasts. */
  Optional<Failure> failure(String path) {
    return Optional.ofNullable(failures.get(path));
  }
}
