// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A gRPC server of ours on a port. Closed, it takes no more calls and has answered those under way,
 * or cut them after some seconds.
 */
public final class GrpcDoor implements AutoCloseable {
  private static final Duration KEEPALIVE = Duration.ofSeconds(30);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);

  /** Clients may ask as often as this whether the connection is still there. */
  private static final Duration CLIENT_KEEPALIVE = Duration.ofSeconds(5);

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final int HEADER_BYTES = 32 * 1024;

  /** Says, with a stack trace, of each message that is too large what its sender is told anyway. */
  private static final Logger NOISE =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private final HealthStatusManager health = new HealthStatusManager();
  private final UnaryDeadline deadline;

  /** Plain sockets of the JDK: two threads carry some ten thousand calls a second. */
  private final EventLoopGroup acceptor = group("grpc-accept", 1);

  private final EventLoopGroup workers = group("grpc-io", 2);
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the door.
   *
   * @param interceptors of the given services alone, the first one first
   * @throws IOException if the address cannot be had
   */
  public static GrpcDoor open(
      InetSocketAddress address,
      DoorSecurity security,
      DoorLimits limits,
      List<BindableService> services,
      List<ServerInterceptor> interceptors,
      CallObserver observer)
      throws IOException {
    GrpcDoor door = new GrpcDoor(address, security, limits, services, interceptors, observer);
    try {
      door.server.start();
    } catch (IOException | RuntimeException e) {
      door.close();
      throw e;
    }
    return door;
  }

  private GrpcDoor(
      InetSocketAddress address,
      DoorSecurity security,
      DoorLimits limits,
      List<BindableService> services,
      List<ServerInterceptor> interceptors,
      CallObserver observer) {
    deadline = new UnaryDeadline(limits.unaryDeadline());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(acceptor)
            .workerEventLoopGroup(workers)
            .executor(calls)
            .maxInboundMessageSize(limits.messageBytes())
            .maxInboundMetadataSize(HEADER_BYTES)
            .maxConcurrentCallsPerConnection(limits.callsPerConnection())
            .handshakeTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(CLIENT_KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true);
    switch (security) {
      case DoorSecurity.Plaintext _ -> {}
      case DoorSecurity.Tls tls -> builder.sslContext(FollowingSslContext.of(tls));
      case DoorSecurity.MutualTls tls -> builder.sslContext(FollowingSslContext.of(tls));
    }
    for (BindableService service : services) {
      builder.addService(
          ReadableRequests.guarding(ServerInterceptors.interceptForward(service, interceptors)));
    }
    server =
        builder
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            // The one added last is called first.
            .intercept(deadline)
            .intercept(new CallCount(observer))
            .build();
  }

  /** Returns the port that is listened on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow().awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    deadline.close();
    calls.shutdown();
    shutdown(acceptor);
    shutdown(workers);
  }

  private static EventLoopGroup group(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        Thread.ofPlatform().daemon().name(name + "-", 0).factory(),
        NioIoHandler.newFactory());
  }

  private static void shutdown(EventLoopGroup group) {
    var _ = group.shutdownGracefully(0, DRAIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
