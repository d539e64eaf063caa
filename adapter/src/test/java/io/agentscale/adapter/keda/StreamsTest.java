// SPDX-License-Identifier: Apache-2.0

package io.agentscale.adapter.keda;

import static io.agentscale.adapter.keda.Keda.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentscale.adapter.keda.wire.ExternalScalerGrpc;
import io.agentscale.adapter.keda.wire.GetMetricSpecResponse;
import io.agentscale.adapter.keda.wire.IsActiveResponse;
import io.agentscale.adapter.keda.wire.ScaledObjectRef;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A push is how the first replica comes at once: an edge that is lost costs a polling interval, a
 * stream that breaks instead of ending makes KEDA wait up to a minute, and a client that does not
 * read must not fill our memory.
 */
final class StreamsTest {
  private static final ScaledObjectRef CODER = trigger("policy", "coder");

  private final TestPolicy policy = TestPolicy.named("coder").fromZero("0", Duration.ofSeconds(1));
  private Keda keda;

  @BeforeEach
  void open() throws IOException {
    keda = new Keda();
  }

  @AfterEach
  void close() {
    keda.close();
  }

  private void post(String demand) {
    keda.clock.advance(Duration.ofSeconds(15));
    keda.board.post(policy.known(demand, 0, keda.clock.instant()));
  }

  private static List<Boolean> states(Heard<IsActiveResponse> heard) {
    return heard.messages().stream().map(IsActiveResponse::getResult).toList();
  }

  @Test
  void opened_tellsThePresentState() {
    post("0");
    Heard<IsActiveResponse> quiet = keda.activity(CODER);
    await().until(() -> states(quiet).equals(List.of(false)));

    post("5");
    Heard<IsActiveResponse> busy = keda.activity(CODER);
    await().until(() -> states(busy).equals(List.of(true)));
  }

  @Test
  void risingEdges_areToldEach_fallingOnesNever() {
    post("0");
    Heard<IsActiveResponse> heard = keda.activity(CODER);
    await().until(() -> states(heard).size() == 1);

    post("5");
    post("6");
    post("0");
    post("7");

    await().until(() -> states(heard).size() == 3);
    assertThat(states(heard)).containsExactly(false, true, true);
  }

  @Test
  void unknown_tellsNothing_untilItIsKnown() {
    keda.board.post(policy.unknown(0, keda.clock.instant()));
    Heard<IsActiveResponse> heard = keda.activity(CODER);
    // A question on the same connection is answered after the stream was opened.
    assertThat(keda.activityRefused(CODER).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard.messages()).isEmpty();

    post("5");

    await().until(() -> states(heard).equals(List.of(true)));
  }

  @Test
  void unknownPolicy_endsWithNotFound_andSoDoesOneThatGoes() {
    Heard<IsActiveResponse> nobody = keda.activity(CODER);
    await().until(() -> nobody.ended().isPresent());
    assertThat(nobody.ended().orElseThrow().getCode()).isEqualTo(Status.Code.NOT_FOUND);

    post("5");
    Heard<IsActiveResponse> heard = keda.activity(CODER);
    await().until(() -> heard.messages().size() == 1);
    keda.board.remove(policy.key());

    await().until(() -> heard.ended().isPresent());
    assertThat(heard.ended().orElseThrow().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void metricStream_wakesWithinSeconds() {
    keda.metrics.set("agents/agent_queue_depth", "0");
    Heard<IsActiveResponse> heard =
        keda.activity(trigger("metric", "agent_queue_depth", "target", "5"));
    await().until(() -> states(heard).equals(List.of(false)));

    keda.metrics.set("agents/agent_queue_depth", "1");

    await().until(() -> states(heard).equals(List.of(false, true)));
  }

  @Test
  void manyStreams_allHear() {
    post("0");
    List<Heard<IsActiveResponse>> streams = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      streams.add(keda.activity(CODER));
    }
    await().until(() -> streams.stream().allMatch(heard -> states(heard).equals(List.of(false))));

    post("5");

    await()
        .until(
            () -> streams.stream().allMatch(heard -> states(heard).equals(List.of(false, true))));
  }

  @Test
  void shutdown_completesEveryStream_andClientsComeBack() throws IOException {
    post("5");
    Heard<IsActiveResponse> activity = keda.activity(CODER);
    Heard<GetMetricSpecResponse> spec = new Heard<>();
    keda.async().streamMetricSpec(CODER, spec);
    await().until(() -> activity.messages().size() == 1 && spec.messages().size() == 1);

    keda.shutDown();

    await().until(() -> activity.ended().isPresent() && spec.ended().isPresent());
    assertThat(activity.ended()).contains(Status.OK);
    assertThat(spec.ended()).contains(Status.OK);
    keda.startAgain();
    Heard<IsActiveResponse> again = new Heard<>();
    keda.async().withWaitForReady().streamIsActive(CODER, again);
    await().until(() -> states(again).equals(List.of(true)));
  }

  @Test
  void clientThatGoesAway_isForgotten_others_stay() {
    post("0");
    Heard<IsActiveResponse> stays = keda.activity(CODER);
    ManagedChannel other =
        NettyChannelBuilder.forAddress("127.0.0.1", keda.port()).usePlaintext().build();
    Heard<IsActiveResponse> goes = new Heard<>();
    ExternalScalerGrpc.newStub(other).streamIsActive(CODER, goes);
    await().until(() -> goes.messages().size() == 1 && stays.messages().size() == 1);
    other.shutdownNow();
    await().until(() -> goes.ended().isPresent());

    post("5");

    await().until(() -> states(stays).equals(List.of(false, true)));
  }

  @Test
  void clientThatDoesNotRead_costsOneMessage_andGetsTheLatestOne() {
    int changes = 20_000;
    keda.board.post(policy.perReplica("1").undecided());
    ManagedChannel narrow =
        NettyChannelBuilder.forAddress("127.0.0.1", keda.port())
            .usePlaintext()
            .flowControlWindow(65_535)
            .build();
    SlowReader reader = new SlowReader();
    ExternalScalerGrpc.newStub(narrow).streamMetricSpec(CODER, reader);
    await().until(() -> reader.call.get() != null);
    reader.call.get().request(1);
    await().until(() -> reader.received.get() == 1);

    for (int i = 2; i <= changes; i++) {
      keda.board.post(policy.perReplica(Integer.toString(i)).undecided());
    }
    reader.call.get().request(changes);

    await().until(() -> reader.latest.get() == changes);
    assertThat(reader.received).hasValueLessThan(changes);
    narrow.shutdownNow();
  }

  /** Reads only what it is told to. */
  private static final class SlowReader
      implements ClientResponseObserver<ScaledObjectRef, GetMetricSpecResponse> {
    final AtomicReference<ClientCallStreamObserver<ScaledObjectRef>> call = new AtomicReference<>();
    final AtomicInteger received = new AtomicInteger();
    final AtomicReference<Long> latest = new AtomicReference<>(0L);

    @Override
    public void beforeStart(ClientCallStreamObserver<ScaledObjectRef> stream) {
      stream.disableAutoRequestWithInitial(0);
      call.set(stream);
    }

    @Override
    public void onNext(GetMetricSpecResponse message) {
      received.incrementAndGet();
      latest.set(message.getMetricSpecs(0).getTargetSize());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
