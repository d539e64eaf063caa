// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls with one answer that take too long: those whose client set no deadline, and those
 * whose client never sends its question.
 */
final class UnaryDeadline implements ServerInterceptor, AutoCloseable {
  private final Duration deadline;
  private final ScheduledThreadPoolExecutor timer;

  UnaryDeadline(Duration deadline) {
    this.deadline = deadline;
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-deadlines").factory());
    // Nearly every call is answered long before, and would be kept until its deadline.
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    var bounded = new BoundedCall<>(call, deadline);
    Future<?> end = timer.schedule(bounded::expire, deadline.toMillis(), TimeUnit.MILLISECONDS);
    return new SimpleForwardingServerCallListener<>(next.startCall(bounded, headers)) {
      @Override
      public void onComplete() {
        end.cancel(false);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        end.cancel(false);
        super.onCancel();
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A call that ends once, by its answer or by its deadline; what comes later is dropped. */
  private static final class BoundedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Duration deadline;
    private boolean ended;

    BoundedCall(ServerCall<Q, A> call, Duration deadline) {
      super(call);
      this.deadline = deadline;
    }

    void expire() {
      close(
          Status.DEADLINE_EXCEEDED.withDescription(
              "not answered within " + deadline.toMillis() + " ms, the most this server allows"),
          new Metadata());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!ended) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!ended) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!ended) {
        ended = true;
        super.close(status, trailers);
      }
    }
  }
}
