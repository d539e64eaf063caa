// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One open stream to a client. It keeps at most one message the client has no room for: a newer one
 * takes its place, so that a client that does not read costs nothing.
 *
 * @param <M> the messages
 */
final class TriggerStream<M> {
  private final ServerCallStreamObserver<M> client;
  private @Nullable M waiting;
  private boolean ended;

  TriggerStream(ServerCallStreamObserver<M> client) {
    this.client = client;
  }

  /** Sends a message now, or when the client has room, if no other came until then. */
  synchronized void tell(M message) {
    waiting = message;
    flush();
  }

  /** Sends what waits, if the client has room. */
  synchronized void flush() {
    M next = waiting;
    if (next != null && !ended && !client.isCancelled() && client.isReady()) {
      waiting = null;
      client.onNext(next);
    }
  }

  /** Ends the stream cleanly, upon which KEDA comes back within seconds. */
  synchronized void complete() {
    if (!ended && !client.isCancelled()) {
      client.onCompleted();
    }
    ended = true;
  }

  /** Ends the stream with the reason why. */
  synchronized void fail(StatusException failure) {
    if (!ended && !client.isCancelled()) {
      client.onError(failure);
    }
    ended = true;
  }

  /** Takes note that the client is gone. */
  synchronized void cancelled() {
    ended = true;
    waiting = null;
  }
}
