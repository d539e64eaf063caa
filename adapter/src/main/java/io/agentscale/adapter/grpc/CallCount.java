// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;

/** Tells an observer of every call that was answered. */
final class CallCount implements ServerInterceptor {
  private final CallObserver observer;

  CallCount(CallObserver observer) {
    this.observer = observer;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    // Durations do not depend on what the wall clock does meanwhile.
    long started = System.nanoTime();
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            observer.ended(
                method, status.getCode().name(), Duration.ofNanos(System.nanoTime() - started));
            super.close(status, trailers);
          }
        },
        headers);
  }
}
