// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What came out of one stream. */
final class Heard<M> implements StreamObserver<M> {
  private final List<M> messages = new CopyOnWriteArrayList<>();
  private volatile Optional<Status> ended = Optional.empty();

  List<M> messages() {
    return messages;
  }

  /** The status it ended with; empty while it is open. */
  Optional<Status> ended() {
    return ended;
  }

  @Override
  public void onNext(M message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    ended = Optional.of(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    ended = Optional.of(Status.OK);
  }
}
