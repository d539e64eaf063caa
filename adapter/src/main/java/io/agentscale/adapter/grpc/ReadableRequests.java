// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Ends a call whose message cannot be read with the reason why. By itself gRPC takes that for a bug
 * of the service: it logs a stack trace for each, and tells the client nothing.
 */
final class ReadableRequests implements ServerInterceptor {
  private static final Marshaller<Received> RECEIVED = new AsReceived();

  private ReadableRequests() {}

  /** Returns the service with all of its methods guarded. */
  static ServerServiceDefinition guarding(ServerServiceDefinition service) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(service, RECEIVED), new ReadableRequests());
  }

  /** A message as it came, or why it could not be taken. */
  private record Received(ByteString bytes, Optional<Status> refusal) {}

  private static final class AsReceived implements Marshaller<Received> {
    @Override
    public InputStream stream(Received message) {
      return message.bytes().newInput();
    }

    @Override
    public Received parse(InputStream stream) {
      try {
        return new Received(ByteString.readFrom(stream), Optional.empty());
      } catch (StatusRuntimeException e) {
        // Larger than allowed once it is decompressed.
        return new Received(ByteString.EMPTY, Optional.of(e.getStatus()));
      } catch (IOException e) {
        return new Received(
            ByteString.EMPTY,
            Optional.of(
                Status.INVALID_ARGUMENT.withDescription("the message cannot be unpacked: " + e)));
      }
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new Guard<>(next.startCall(call, headers), call);
  }

  private static final class Guard<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean refused;

    Guard(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (message instanceof Received received && received.refusal().isPresent()) {
        refuse(received.refusal().get());
        return;
      }
      try {
        super.onMessage(message);
      } catch (StatusRuntimeException e) {
        refuse(
            Status.INVALID_ARGUMENT.withDescription(
                "not a message of this method: " + e.getStatus().getDescription()));
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }

    private void refuse(Status status) {
      refused = true;
      call.close(status, new Metadata());
    }
  }
}
