// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.otlp;

import io.agentscale.adapter.grpc.CallCredentials;
import io.agentscale.apiservice.authentication.Authentication;
import io.agentscale.apiservice.authentication.Authenticator;
import io.agentscale.apiservice.authentication.User;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever may push, and only so many at a time: an export is not read before its sender is
 * known and there is room for it.
 */
final class PushAuthentication implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(PushAuthentication.class);
  private static final Context.Key<Pusher> PUSHER = Context.key("pusher");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Authenticator authenticator;
  private final Map<String, List<String>> allowed;
  private final Semaphore room;

  /**
   * @param allowed namespaces that users or groups may push for, besides their own
   * @param atOnce exports that are read at the same time
   */
  PushAuthentication(Authenticator authenticator, Map<String, List<String>> allowed, int atOnce) {
    this.authenticator = authenticator;
    this.allowed = Map.copyOf(allowed);
    this.room = new Semaphore(atOnce);
  }

  /** Returns who sent the present call. */
  static Pusher pusher() {
    Pusher pusher = PUSHER.get();
    if (pusher == null) {
      throw new IllegalStateException("a call came past its authentication");
    }
    return pusher;
  }

  /** Called on a thread of its own for each call, so that it may wait. */
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<User> user = authenticated(call, headers);
    if (user.isEmpty()) {
      call.close(
          Status.UNAUTHENTICATED.withDescription(
              "no credential that is known: send authorization: Bearer TOKEN, or a client"
                  + " certificate"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    if (!room.tryAcquire()) {
      call.close(
          Status.UNAVAILABLE.withDescription("too many exports at once; try again"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Context context = Context.current().withValue(PUSHER, Pusher.of(user.get(), allowed));
    return new Leaving<>(Contexts.interceptCall(context, call, headers, next), room);
  }

  private Optional<User> authenticated(ServerCall<?, ?> call, Metadata headers) {
    try {
      Authentication found =
          authenticator
              .authenticate(CallCredentials.of(call, headers))
              .toCompletableFuture()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return switch (found) {
        case Authentication.Authenticated(User user) ->
            user.name().equals(User.ANONYMOUS.name()) ? Optional.empty() : Optional.of(user);
        case Authentication.NotPresented _ -> Optional.empty();
        case Authentication.Rejected(String cause) -> {
          log.atDebug().addKeyValue("cause", cause).log("An export was not let in");
          yield Optional.empty();
        }
      };
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn().setCause(e).log("The sender of an export could not be checked");
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Makes room once the call is over, however it ends. */
  private static final class Leaving<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Semaphore room;
    private final AtomicBoolean left = new AtomicBoolean();

    Leaving(ServerCall.Listener<Q> call, Semaphore room) {
      super(call);
      this.room = room;
    }

    @Override
    public void onComplete() {
      leave();
      super.onComplete();
    }

    @Override
    public void onCancel() {
      leave();
      super.onCancel();
    }

    private void leave() {
      if (left.compareAndSet(false, true)) {
        room.release();
      }
    }
  }
}
