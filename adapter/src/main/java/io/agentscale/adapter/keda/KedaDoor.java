// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import io.agentscale.adapter.grpc.CallObserver;
import io.agentscale.adapter.grpc.DoorLimits;
import io.agentscale.adapter.grpc.DoorSecurity;
import io.agentscale.adapter.grpc.GrpcDoor;
import io.agentscale.adapter.policy.PolicyBoard;
import io.agentscale.apiservice.provider.MetricsProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port KEDA asks. Closed, its streams have ended cleanly, so that KEDA comes back to another
 * replica within seconds.
 */
public final class KedaDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KedaDoor.class);

  /** A trigger's metadata is some hundred bytes. */
  private static final int MESSAGE_BYTES = 64 * 1024;

  /** KEDA has one connection for all triggers, and two streams for each of type external-push. */
  private static final int STREAMS = 20_000;

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final PolicyBoard board;
  private final OpenStreams streams;
  private final ScheduledExecutorService clockwork;
  private final GrpcDoor door;

  /**
   * What is answered, and from what.
   *
   * @param board has the policies
   * @param believed how long a policy's decision stands when no newer one follows
   * @param metrics has the external metrics
   * @param sharedNamespaces those whose policies and metrics a ScaledObject of any namespace may
   *     ask for
   */
  public record Answers(
      PolicyBoard board, Duration believed, MetricsProvider metrics, Set<String> sharedNamespaces) {
    public Answers {
      sharedNamespaces = Set.copyOf(sharedNamespaces);
    }
  }

  private KedaDoor(
      PolicyBoard board, OpenStreams streams, ScheduledExecutorService clockwork, GrpcDoor door) {
    this.board = board;
    this.streams = streams;
    this.clockwork = clockwork;
    this.door = door;
  }

  /**
   * Opens the port.
   *
   * @throws IOException if the address cannot be had
   */
  public static KedaDoor open(
      InetSocketAddress address,
      DoorSecurity security,
      Answers answers,
      CallObserver observer,
      InstantSource clock)
      throws IOException {
    Triggers triggers =
        new Triggers(
            new PolicyTriggers(answers.board(), answers.believed()),
            new MetricTriggers(answers.metrics(), PATIENCE),
            clock);
    OpenStreams streams = new OpenStreams(triggers, STREAMS);
    var service =
        new ExternalScalerService(new TriggerReader(answers.sharedNamespaces()), triggers, streams);
    // Nobody may ask before it is known which policies wanted a replica of late.
    answers.board().listen(streams);
    answers.board().all().forEach(triggers::note);
    GrpcDoor door;
    try {
      door =
          GrpcDoor.open(
              address,
              security,
              new DoorLimits(MESSAGE_BYTES, 2 * STREAMS, DEADLINE),
              List.of(service),
              List.of(),
              observer);
    } catch (IOException | RuntimeException e) {
      answers.board().unlisten(streams);
      throw e;
    }
    ScheduledExecutorService clockwork =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keda-streams").factory());
    var _ =
        clockwork.scheduleAtFixedRate(
            () -> tickOrLog(streams), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    return new KedaDoor(answers.board(), streams, clockwork, door);
  }

  /** Returns the port that is listened on. */
  public int port() {
    return door.port();
  }

  private static void tickOrLog(OpenStreams streams) {
    try {
      streams.tick();
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again.
      log.atError()
          .setCause(e)
          .log("Looking after KEDA's streams met a bug; the next round goes on");
    }
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    board.unlisten(streams);
    streams.close();
    door.close();
  }
}
