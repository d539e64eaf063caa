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

/**
 * Remembers by path since when the API server does not answer. The informers themselves do not
 * tell: they reconnect a lost watch for ever and count as watching all the while.
 */
final class ContactLog implements Interceptor {
  private final InstantSource clock;
  private final ConcurrentMap<String, Failure> failures = new ConcurrentHashMap<>();

  ContactLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (response.isSuccessful()) {
      failures.remove(request.uri().getPath());
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
    failures.merge(
        request.uri().getPath(),
        new Failure(clock.instant(), httpStatus, cause),
        (first, last) -> new Failure(first.since(), last.httpStatus(), last.cause()));
  }

  /** Returns the failure of a path that lasts. */
  Optional<Failure> failure(String path) {
    return Optional.ofNullable(failures.get(path));
  }
}
